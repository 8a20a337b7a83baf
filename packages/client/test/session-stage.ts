import { createMockIssuer, type MockIssuer, type MockIssuerOptions } from '@bailiwick/mock-issuer'
import { vi } from 'vitest'
import { serveSession } from '../src/browser/session-worker/serve-session.js'
import type {
  LoginRequest,
  SessionSettings,
  SessionWorker,
  StartedAttempt,
  WorkerCall,
  WorkerMessage,
} from '../src/browser/session-worker/session-worker.js'
import { createLocks } from './web-locks.js'

const redirectUri = 'https://app.example.com/callback'

/** A session worker in this process, which reaches a mock issuer by the global `fetch`, and stores nothing. */
export interface SessionStage extends Disposable {
  readonly issuer: MockIssuer
  /** What the worker has told without being asked. */
  readonly told: unknown[]
  call<Method extends keyof SessionWorker>(method: Method, ...input: Parameters<SessionWorker[Method]>): ReturnType<SessionWorker[Method]>
  /** What comes of the answers of the issuer before the worker sees them, by the last part of the path. */
  readonly tampering: Record<string, (response: Response, request: Request) => Response | Promise<Response>>
  /** The query of the callback of a login in which the user, by default John, agrees. */
  agree(started: StartedAttempt, user?: string): Promise<string>
  logIn(request?: LoginRequest, user?: string): ReturnType<SessionWorker['complete']>
  /** How often the token endpoint was asked, by grant. */
  asked(grantType: string): number
}

export async function openSessionStage(
  settings: Partial<SessionSettings> = {},
  issuerOptions: MockIssuerOptions = {},
): Promise<SessionStage> {
  const issuer = await createMockIssuer({ clients: [{ clientId: 'app', redirectUris: [redirectUri] }], ...issuerOptions })
  const interception = issuer.interceptFetch()
  const intercepted = globalThis.fetch
  const tampering: SessionStage['tampering'] = {}
  vi.stubGlobal('fetch', async (...input: Parameters<typeof fetch>) => {
    const request = new Request(...input)
    const response = await intercepted(request.clone())
    const tamper = tampering[new URL(request.url).pathname.split('/').at(-1) ?? '']
    if (tamper === undefined) return response
    const aborted = new Promise<never>((_resolve, reject) => {
      request.signal.addEventListener('abort', () => reject(request.signal.reason as Error))
    })
    return Promise.race([tamper(response, request), aborted])
  })
  vi.stubGlobal('navigator', { locks: createLocks() })
  vi.stubGlobal(
    'BroadcastChannel',
    class {
      postMessage() {}
    },
  )
  const { port1, port2 } = new MessageChannel()
  serveSession(port2, { issuer: issuer.issuer, clientId: 'app', redirectUri, ...settings })
  const told: unknown[] = []
  const waiting = new Map<number, (message: Extract<WorkerMessage, { id: number }>) => void>()
  port1.onmessage = ({ data }: MessageEvent<WorkerMessage>) => {
    if ('state' in data) told.push(data.state)
    else waiting.get(data.id)?.(data)
  }
  const call = (method: keyof SessionWorker, ...input: readonly unknown[]) =>
    new Promise<unknown>((resolve, reject) => {
      const id = waiting.size
      waiting.set(id, ({ result, failure }) =>
        failure ? reject(Object.assign(new Error(failure.message), { code: failure.code })) : resolve(result),
      )
      port1.postMessage({ id, method, input } satisfies WorkerCall)
    })
  const stage: SessionStage = {
    issuer,
    told,
    tampering,
    call: call as SessionStage['call'],
    async agree({ url }: StartedAttempt, user = 'john') {
      const response = await issuer.fetch(url, { headers: { 'mock-user': user }, redirect: 'manual' })
      return new URL(response.headers.get('location') ?? '').search
    },
    async logIn(request: LoginRequest = {}, user?: string) {
      const started = await stage.call('start', request)
      return stage.call('complete', await stage.agree(started, user), started.attempt)
    },
    asked: (grantType: string) => issuer.requests.filter((request) => request.grantType === grantType).length,
    [Symbol.dispose]() {
      port1.close()
      vi.unstubAllGlobals()
      interception.restore()
      vi.useRealTimers()
    },
  }
  return stage
}
