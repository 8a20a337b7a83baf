import type { AttackAnswer } from '../../attack-report.js'
import type { Presentation } from '../../forgery.js'
import { challengeError } from './challenge-error.js'

/** An answer, and how long it took. */
export interface Received {
  readonly answer: AttackAnswer
  readonly durationMs: number
}

/** Sends one request to the API; never rejects. */
export type Sender = (presentation: Presentation) => Promise<Received>

/** What all requests of an attack have in common. */
export interface SenderInput {
  readonly url: URL
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
  readonly timeoutMs: number
}

/** The part of an HTTP client that an attack needs. */
export interface RawRequest {
  readonly url: URL
  readonly method: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: string | undefined
  readonly signal: AbortSignal
}

/** The head of an answer. */
export interface RawResponse {
  readonly status: number
  readonly challenges: string
}

/** Makes a sender of an HTTP client. */
export function createSender(input: SenderInput, request: (raw: RawRequest) => Promise<RawResponse>): Sender {
  return async ({ headers, query = {} }) => {
    const url = new URL(input.url)
    for (const [name, value] of Object.entries(query)) url.searchParams.append(name, value)
    const startedAt = performance.now()
    const signal = AbortSignal.timeout(input.timeoutMs)
    const answer = await request({ ...input, url, headers: [...Object.entries(input.headers), ...headers], signal }).then(
      ({ status, challenges }): AttackAnswer => {
        const error = challengeError(challenges)
        return { status, ...(error !== undefined && { error }) }
      },
      (cause: unknown): AttackAnswer =>
        signal.aborted
          ? { failure: 'timeout', detail: `no answer within ${input.timeoutMs} ms` }
          : { failure: 'network', detail: describe(cause) },
    )
    return { answer, durationMs: performance.now() - startedAt }
  }
}

/** What went wrong with a connection: of the innermost cause, which names it. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? describe(error.cause) : 'code' in error && error.message === '' ? String(error.code) : error.message
}
