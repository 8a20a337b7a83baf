import { vi } from 'vitest'
import { createBrowserClient } from '../src/browser/create-browser-client.js'
// Loaded before it is asked for, so that the client has it at once.
import '../src/browser/token-handler-mode.js'
import type { TokenHandlerModeOptions } from '../src/browser/token-handler/token-handler-mode-options.js'

/** An answer of the token handler, the API, or whatever is in their place. */
export type Answer = Response | Promise<Response>

/** What a token handler says of John. */
export const john = { is_logged_in: true, id_token_claims: { sub: 'john' }, access_token_expires_in: 300 }
export const jane = { ...john, id_token_claims: { sub: 'jane' } }
export const nobody = { is_logged_in: false }

export const json = (body: unknown, status = 200) => Response.json(body, { status })
export const refusal = (error: string, status = 401) => json({ error_code: error, detailed_error: 'Why' }, status)

/** An answer that is under way until somebody gives it. */
export function underWay() {
  let give: (answer: Answer) => void = () => {}
  const answer = new Promise<Response>((resolve) => (give = resolve))
  return { answer, give }
}

/** Everything that has been set going, has gone on as far as it can without new answers. */
export const settled = () => new Promise((resolve) => setTimeout(resolve, 5))

/** What a browser does for its tabs: a lock has one holder at a time, in turn, until whoever waits gives up; a channel is heard in the others. */
export function openBrowser(): void {
  let last: Promise<unknown> = Promise.resolve()
  const channels = new Set<{ readonly name: string; onmessage?: (event: { readonly data: unknown }) => void }>()
  const request = (_name: string, { signal }: { readonly signal: AbortSignal }, work: () => Promise<unknown>) => {
    const gaveUp = new Promise<never>((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason))
    })
    const turn = Promise.race([last, gaveUp]).then(work)
    last = Promise.allSettled([last, turn])
    return turn
  }
  vi.stubGlobal('navigator', { locks: { request } })
  vi.stubGlobal(
    'BroadcastChannel',
    class {
      readonly name: string
      onmessage?: (event: { readonly data: unknown }) => void
      constructor(name: string) {
        this.name = name
        channels.add(this)
      }
      postMessage(data: unknown): void {
        for (const channel of channels) if (channel !== this && channel.name === this.name) channel.onmessage?.({ data })
      }
      close(): void {
        channels.delete(this)
      }
    },
  )
}

/** Opens a tab, on a page without a browser. `answer` is what the network says: by path below the token handler, or below `api/`. */
export function openTab(
  answer: (path: string, request: Request) => Answer,
  { url = 'https://app.example.com/', ...options }: Partial<TokenHandlerModeOptions> & { readonly url?: string } = {},
) {
  const asked: string[] = []
  const bodies: string[] = []
  const kept: Record<string, string> = {}
  const listeners: ((event: { persisted: boolean }) => void)[] = []
  const shown = {
    url: new URL(url),
    left: [] as string[],
    /** Has the browser say that it shows the page: anew, or as it was when it was left. */
    show: (persisted: boolean) => {
      for (const listener of listeners) listener({ persisted })
    },
  }
  vi.stubGlobal('location', {
    get href() {
      return shown.url.href
    },
    set href(to) {
      shown.left.push(to)
    },
    get search() {
      return shown.url.search
    },
    get pathname() {
      return shown.url.pathname
    },
    get hash() {
      return shown.url.hash
    },
  })
  vi.stubGlobal('history', {
    replaceState(_state: unknown, _title: string, to: string) {
      const next = new URL(to, shown.url)
      if (next.origin !== shown.url.origin) throw new DOMException('Of another origin', 'SecurityError')
      shown.url = next
    },
  })
  vi.stubGlobal('sessionStorage', kept)
  vi.stubGlobal('self', globalThis)
  vi.stubGlobal('addEventListener', (_name: string, listener: (event: { persisted: boolean }) => void) => listeners.push(listener))
  vi.stubGlobal('fetch', async (input: string | Request, init?: RequestInit) => {
    const request = new Request(input, init)
    const path = new URL(request.url).pathname.replace(/^\/token-handler\//, '')
    asked.push(path)
    bodies.push(await request.clone().text())
    return answer(path, request)
  })
  const client = createBrowserClient({
    mode: 'token-handler',
    tokenHandlerUrl: 'https://api.example.com/token-handler',
    allowedOrigins: ['https://api.example.com'],
    ...options,
  })
  return { ...client, asked, bodies, shown, kept }
}

/** The name under which a tab keeps that it has begun a login. */
export const slot = 'bailiwick https://api.example.com/token-handler'

/** Has the browser refuse to store anything for a tab, as one does where cookies are blocked. */
export function blockStorage({ kept }: { readonly kept: object }): void {
  vi.stubGlobal(
    'sessionStorage',
    new Proxy(kept, {
      get: () => {
        throw new DOMException('Blocked', 'SecurityError')
      },
    }),
  )
}
