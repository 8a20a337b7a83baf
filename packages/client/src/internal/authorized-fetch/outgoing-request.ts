/** A request as the caller of `fetch` has put it, read once, so that it can be made twice. */
export interface OutgoingRequest {
  /** Absolute; `undefined` for what `fetch` would not take. */
  readonly url: URL | undefined
  /** In the spelling that is sent, which is what a proof is about. */
  readonly method: string
  readonly headers: Headers
  /** Whether there is no body, or one that can be read again. */
  readonly isRepeatable: boolean
  /** The rest. It never follows a redirect. */
  readonly init: RequestInit & { duplex?: 'half' }
}

const carried = ['cache', 'credentials', 'integrity', 'keepalive', 'mode', 'referrer', 'referrerPolicy', 'signal'] as const

/** Reads the arguments of `fetch`: members of `init` go before those of a `Request` (Fetch standard, §5.4). */
export function readOutgoingRequest(input: string | URL | Request, init: RequestInit = {}): OutgoingRequest {
  const given = input instanceof Request ? input : undefined
  const method = init.method ?? given?.method ?? 'GET'
  const url = resolve(input instanceof Request ? input.url : input.toString())
  const body = init.body === undefined ? (given?.body ?? null) : init.body
  const redirect = (init.redirect ?? given?.redirect) === 'error' ? 'error' : 'manual'
  return {
    url,
    // The platform knows which methods it writes in capitals, and refuses those that no `fetch` makes.
    method: new Request('https://bailiwick.invalid', { method }).method,
    headers: new Headers(init.headers ?? given?.headers),
    isRepeatable: isRepeatable(body),
    init: {
      ...(given && carriedFrom(given)),
      ...init,
      method,
      body,
      redirect,
      ...(isStream(body) && { duplex: 'half' as const }),
    },
  }
}

/** As `fetch` does: in a page or a worker, relative to it. */
function resolve(text: string): URL | undefined {
  try {
    return new URL(new Request(text).url)
  } catch {
    return undefined
  }
}

function carriedFrom(request: Request): RequestInit {
  // A script cannot make a navigation, and some runtimes know fewer of these members.
  const has = (name: (typeof carried)[number]) => request[name] !== undefined && !(name === 'mode' && request.mode === 'navigate')
  return Object.fromEntries(carried.filter(has).map((name) => [name, request[name]]))
}

/** Whatever else a runtime takes for a body, such as an iterator, is read once. */
function isRepeatable(body: unknown): boolean {
  if (body === null || typeof body === 'string') return true
  return (
    body instanceof URLSearchParams ||
    body instanceof Blob ||
    body instanceof FormData ||
    body instanceof ArrayBuffer ||
    ArrayBuffer.isView(body)
  )
}

function isStream(body: unknown): boolean {
  return body instanceof ReadableStream
}
