import { ConfigurationError } from '@bailiwick/protocol'
import { ClientError } from '../../client-error.js'
import type { TokenSet } from '../../token-set.js'
import type { TokenSourceEvent } from '../../token-source-event.js'
import type { GetTokensOptions } from '../../token-source.js'
import { createBackoff } from './backoff.js'
import { createForwardClock } from './forward-clock.js'
import { interruptible, requireNotAborted } from '../interruptible.js'
import { noRefreshToken } from '../no-refresh-token.js'
import { carriedTokens } from '../rotated-tokens.js'
import { aheadOf, lifeOf, type LivingTokens, type TokenLifePolicy } from './token-life.js'

/** Why new tokens are needed. */
export interface RenewalRequest<Claims> {
  /** What there is, and must not come again. */
  readonly held: TokenSet<Claims> | undefined
  /** For how long new ones have to be good, in milliseconds. */
  readonly minimumMs: number
}

/** Where tokens come from. */
export interface TokenOrigin<Claims> {
  readonly initial: TokenSet<Claims> | undefined
  renew(request: RenewalRequest<Claims>): Promise<TokenSet<Claims>>
  /** Whether there can be new ones after these. */
  canRenew(tokens: TokenSet<Claims> | undefined): boolean
  /** Runs whenever somebody asks. */
  beforeAnswer(): void
  /** Begins nothing any more, and waits for what is under way. */
  stop(): Promise<void>
}

/** How tokens are kept fresh, and by which clock. */
export interface RenewalInput<Claims> extends Pick<TokenOrigin<Claims>, 'initial' | 'renew' | 'canRenew'> {
  readonly policy: TokenLifePolicy
  readonly now: () => number
  /** In [0, 1): spreads the requests of many processes. */
  readonly random: () => number
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
const lastMomentsMs = 10_000
/** The rest that a server gets at its word while nobody has a token: more would be an outage of the app's own. */
const longestRestMs = 300_000
/** What a server says to have ended at once is taken for so long, so that not each who asks makes a request. */
const shortestLifeMs = 1000

/**
 * Keeps tokens fresh. There is at most one request at any time, never given up: a second with the same refresh token would be taken for that of
 * a thief. There is no timer: whoever asks drives it.
 */
export function createRenewal<Claims>(input: RenewalInput<Claims>): Renewal<Claims> {
  const { renew, canRenew, policy, now, random, report } = input
  const backoff = createBackoff(random)
  const clock = createForwardClock(now, () => {
    // How much of its life went by unseen is not known.
    if (held !== undefined) held.renewAt = -Infinity
  })
  let held: LivingTokens<Claims> | undefined
  let inFlight: Promise<TokenSet<Claims>> | undefined
  let over: ClientError | undefined
  let nextRejectionAt = -Infinity
  if (input.initial !== undefined) held = living(input.initial)

  return {
    async getTokens({ rejected, minimumSeconds = 0, signal }) {
      if (!(minimumSeconds >= 0)) throw new ConfigurationError('minimumSeconds must be a number from 0 up.')
      requireNotAborted(signal)
      if (over !== undefined) throw over
      const time = clock()
      const mayReject = inFlight !== undefined || time >= nextRejectionAt
      const isRejected = rejected !== undefined && rejected === held?.tokens.accessToken && mayReject && canRenew(held.tokens)
      const minimumMs = minimumSeconds * 1000
      if (held !== undefined && !isRejected && isGoodFor(held, minimumMs, time)) {
        if (time < held.renewAt || !mayAsk(time)) return held.tokens
        const started = start(0)
        if (isInLastMoments(held, time)) return interruptible(started.catch(presentOr(minimumMs)), signal)
        started.catch(ignore)
        return held.tokens
      }
      if (inFlight === undefined) {
        if (!canRenew(held?.tokens)) throw noRefreshToken()
        if (backoff.leftMs(time) > 0) throw backoff.error(time)
      }
      if (isRejected && inFlight === undefined) nextRejectionAt = time + betweenRejectionsMs
      return interruptible(renewed(minimumMs), signal)
    },
    async end() {
      over ??= new ClientError('session_ended', 'The token source was ended: the user has to log in again.')
      await inFlight?.catch(ignore)
      return held?.tokens
    },
  }

  function mayAsk(time: number): boolean {
    return canRenew(held?.tokens) && (inFlight !== undefined || backoff.leftMs(time) === 0)
  }

  /** The token that is good yet, where the new one was only to be better. */
  function presentOr(minimumMs: number): (error: unknown) => TokenSet<Claims> {
    return (error) => {
      if (over === undefined && held !== undefined && isGoodFor(held, minimumMs, clock())) return held.tokens
      throw error
    }
  }

  /** What was asked for by somebody else may be good for less time. */
  async function renewed(minimumMs: number): Promise<TokenSet<Claims>> {
    const isJoined = inFlight !== undefined
    const tokens = await start(minimumMs)
    const isShort = isJoined && minimumMs > 0 && held !== undefined && !isGoodFor(held, minimumMs, clock())
    return isShort ? start(minimumMs) : tokens
  }

  function start(minimumMs: number): Promise<TokenSet<Claims>> {
    inFlight ??= attempt(minimumMs).finally(() => (inFlight = undefined))
    return inFlight
  }

  async function attempt(minimumMs: number): Promise<TokenSet<Claims>> {
    try {
      const tokens = await renew({ held: held?.tokens, minimumMs })
      held = living(tokens)
    } catch (error) {
      const carried = carriedTokens<Claims>(error)
      // The same access token, with the refresh token that is good now.
      if (carried !== undefined && held !== undefined) held = { ...held, tokens: carried }
      throw failed(error)
    }
    // Ended in between: what came is for who ended it, to be revoked.
    if (over !== undefined) throw over
    backoff.succeed()
    report({ kind: 'renewed', expiresAt: held.tokens.expiresAt })
    return held.tokens
  }

  /** The failure as it is told: an outage with the pause that follows it here, in which whoever comes back sooner gets nothing. */
  function failed(cause: unknown): unknown {
    if (cause instanceof ClientError && cause.code === 'session_ended') {
      over ??= cause
      report({ kind: 'session_ended', error: cause })
      return cause
    }
    const time = clock()
    const isCovered = held !== undefined && isGoodFor(held, 0, time)
    const pauseMs = backoff.fail(cause, time, isCovered ? Infinity : longestRestMs)
    const error = backoff.error(time)
    report({ kind: 'renewal_failed', error, isCovered, retryAfterSeconds: Math.ceil(pauseMs / 1000) })
    return error
  }

  function living(tokens: TokenSet<Claims>): LivingTokens<Claims> {
    // Nothing ends it, and nothing comes after it: good until an API says otherwise.
    const isForEver = tokens.expiresAt === undefined && !canRenew(tokens)
    const life = isForEver ? { lifeMs: Infinity, leftMs: Infinity } : lifeOf(tokens, policy, now())
    const { lifeMs, leftMs } = life.lifeMs > 0 ? life : { lifeMs: shortestLifeMs, leftMs: shortestLifeMs }
    const endsAt = clock() + leftMs
    return { tokens, lifeMs, endsAt, renewAt: endsAt - aheadOf(lifeMs, policy) * (1 + random() / 2) }
  }
}

/** A token that ends while the request that it is for is under way is of no use: a new one is better waited for. */
function isInLastMoments({ endsAt, lifeMs }: LivingTokens<unknown>, time: number): boolean {
  return endsAt - time <= Math.min(lastMomentsMs, lifeMs / 4)
}

/** Of a token that lives for less than twice the time that it is needed for, half its life will do: a new one would be no better. */
function isGoodFor({ endsAt, lifeMs }: LivingTokens<unknown>, minimumMs: number, time: number): boolean {
  return endsAt - time > Math.max(0, Math.min(minimumMs, lifeMs / 2))
}

function ignore(): void {}
