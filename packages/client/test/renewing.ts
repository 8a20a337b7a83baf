import { vi } from 'vitest'
import { ClientError } from '../src/client-error.js'
import { createRenewal } from '../src/internal/token-source/renewal.js'
import type { RenewalRequest } from '../src/internal/token-source/token-origin.js'
import type { TokenSet } from '../src/token-set.js'
import type { TokenSourceEvent } from '../src/token-source-event.js'
import { tokensOf } from './tokens.js'

/** When it begins, in seconds. */
export const start = 1_700_000_000

/** A renewal by a clock that the test sets, whose requests the test answers. */
export function renewing({
  initial,
  random = () => 0,
  canRenew = true,
  refreshAheadMs,
  keep = async () => {},
}: {
  initial?: TokenSet
  random?: () => number
  canRenew?: boolean
  refreshAheadMs?: number
  keep?: (tokens: TokenSet) => Promise<void>
} = {}) {
  const events: TokenSourceEvent[] = []
  const requests: RenewalRequest<unknown>[] = []
  const clock = { seconds: start }
  let answer: () => Promise<TokenSet> = async () => tokensOf(clock.seconds)
  const renewal = createRenewal({
    initial,
    renew(request) {
      requests.push(request)
      return answer()
    },
    keep,
    canRenew: () => canRenew,
    policy: { refreshAheadMs, assumedLifetimeMs: 300_000 },
    now: () => clock.seconds * 1000,
    random,
    report: (event) => events.push(event),
  })
  return { ...renewal, clock, requests, events, answerWith: (next: () => Promise<TokenSet>) => void (answer = next) }
}

/**
 * Has the next who waits for what others have begun be told what a Worker tells of a promise that was cut off, which never settles: that request is over in
 * which it was begun.
 */
export function cutOff(): void {
  vi.spyOn(Promise.prototype, 'catch').mockImplementationOnce((handler) =>
    Promise.reject(new Error('this promise can never settle')).then(undefined, handler),
  )
}

/** What a server that is down answers. */
export const down = () => Promise.reject(new ClientError('server_unavailable', 'It is down.', { retryAfterSeconds: 1 }))
/** Waits for what goes on in the background. */
export const settled = () => new Promise((resolve) => setImmediate(resolve))
