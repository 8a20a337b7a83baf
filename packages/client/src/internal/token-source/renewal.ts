import { ConfigurationError, SingleFlight } from '@bailiwick/protocol'
import { ClientError } from '../../client-error.js'
import type { TokenSet } from '../../token-set.js'
import type { TokenSourceEvent } from '../../token-source-event.js'
import type { GetTokensOptions } from '../../token-source.js'
import { interruptible, requireNotAborted } from '../interruptible.js'
import { noRefreshToken } from '../no-refresh-token.js'
import { carriedTokens, withRefreshToken } from '../rotated-tokens.js'
import { createBackoff } from './backoff.js'
import { createHeldTokens, type HeldTokensInput } from './held-tokens.js'
import type { TokenOrigin } from './token-origin.js'

/** How tokens are kept fresh, and by which clock. */
export interface RenewalInput<Claims> extends HeldTokensInput<Claims>, Pick<TokenOrigin<Claims>, 'renew' | 'keep'> {
  report(event: TokenSourceEvent): void
}

/** Tokens that are kept fresh. */
export interface Renewal<Claims> {
  getTokens(options: GetTokensOptions): Promise<TokenSet<Claims>>
  /** Asks for nothing any more, waits for what is under way, and gives what there is at last. */
  end(): Promise<TokenSet<Claims> | undefined>
}

/** An API that refuses every token must not have the server asked for each of its answers. */
const betweenRejectionsMs = 5000
/** The rest that a server gets at its word, whether or not there is a token for as long: more would be an outage of the app's own. */
const longestRestMs = 300_000

/**
 * Keeps tokens fresh. There is at most one request at any time, never given up: a second with the same refresh token would be taken for that of
 * a thief. There is no timer: whoever asks drives it.
 */
export function createRenewal<Claims>(input: RenewalInput<Claims>): Renewal<Claims> {
  const { renew, keep, canRenew, random, report } = input
  const held = createHeldTokens(input)
  const backoff = createBackoff(random)
  const renewals = new SingleFlight<TokenSet<Claims>>()
  let over: ClientError | undefined
  let nextRejectionAt = -Infinity

  return {
    async getTokens({ rejected, minimumSeconds = 0, signal }) {
      if (!(minimumSeconds >= 0)) throw new ConfigurationError('minimumSeconds must be a number from 0 up.')
      requireNotAborted(signal)
      if (over !== undefined) throw over
      const time = held.time()
      const minimumMs = minimumSeconds * 1000
      const isRejected = takesRejection(rejected, time)
      const good = isRejected ? undefined : held.goodFor(minimumMs, time)
      if (good !== undefined) {
        if (!held.isDue(time) || !mayAsk(time)) return good
        const started = start(0)
        if (held.isInLastMoments(time)) return interruptible(started.catch(presentOr(minimumMs)), signal)
        started.catch(ignore)
        return good
      }
      if (renewals.current === undefined) {
        if (!canRenew(held.current())) throw noRefreshToken()
        if (backoff.leftMs(time) > 0) throw backoff.error(time)
        if (isRejected) nextRejectionAt = time + betweenRejectionsMs
      }
      return interruptible(renewed(minimumMs), signal)
    },
    async end() {
      over ??= new ClientError('session_ended', 'The token source was ended: the user has to log in again.')
      await renewals.settled()
      return held.current()
    },
  }

  function takesRejection(rejected: string | undefined, time: number): boolean {
    const current = held.current()
    if (rejected === undefined || rejected !== current?.accessToken || !canRenew(current)) return false
    return renewals.current !== undefined || time >= nextRejectionAt
  }

  function mayAsk(time: number): boolean {
    return canRenew(held.current()) && (renewals.current !== undefined || backoff.leftMs(time) === 0)
  }

  /** The token that is good yet, where the new one was only to be better. */
  function presentOr(minimumMs: number): (error: unknown) => TokenSet<Claims> {
    return (error) => {
      const good = over === undefined ? held.goodFor(minimumMs, held.time()) : undefined
      if (good === undefined) throw error
      return good
    }
  }

  /** What was asked for by somebody else may be good for less time. */
  async function renewed(minimumMs: number): Promise<TokenSet<Claims>> {
    const isJoined = renewals.current !== undefined
    const tokens = await start(minimumMs)
    const isShort = isJoined && minimumMs > 0 && held.goodFor(minimumMs, held.time()) === undefined
    return isShort ? start(minimumMs) : tokens
  }

  function start(minimumMs: number): Promise<TokenSet<Claims>> {
    return renewals.run(() => attempt(minimumMs))
  }

  async function attempt(minimumMs: number): Promise<TokenSet<Claims>> {
    let tokens: TokenSet<Claims>
    try {
      tokens = await renew({ held: held.current(), minimumMs })
    } catch (error) {
      const carried = carriedTokens<Claims>(error)
      if (carried !== undefined) {
        held.replace(carried)
        await keep(carried)
      }
      throw failed(error)
    }
    takeRefreshToken(tokens)
    await keep(tokens)
    held.hold(tokens)
    // Ended in between: what came is for who ended it, to be revoked.
    if (over !== undefined) throw over
    backoff.succeed()
    report({ kind: 'renewed', expiresAt: tokens.expiresAt })
    return tokens
  }

  /** The one before is spent: whoever comes next sends this one, should the request in which it came end before the app has kept it. */
  function takeRefreshToken({ refreshToken }: TokenSet<Claims>): void {
    const present = held.current()
    if (present !== undefined && refreshToken !== undefined) held.replace(withRefreshToken(present, refreshToken))
  }

  /** The failure as it is told: with the pause that follows it here, in which whoever comes back sooner gets nothing. */
  function failed(cause: unknown): unknown {
    if (cause instanceof ClientError && cause.code === 'session_ended') {
      over ??= cause
      report({ kind: 'session_ended', error: cause })
      return cause
    }
    const time = held.time()
    const isCovered = held.goodFor(0, time) !== undefined
    const pauseMs = backoff.fail(cause, time, Math.max(longestRestMs, held.leftMs(time)))
    const error = backoff.error(time)
    report({ kind: 'renewal_failed', error, isCovered, retryAfterSeconds: Math.ceil(pauseMs / 1000) })
    return error
  }
}

function ignore(): void {}
