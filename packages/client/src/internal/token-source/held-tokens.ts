import type { TokenSet } from '../../token-set.js'
import { createForwardClock } from './forward-clock.js'
import { aheadOf, lifeOf, type TokenLifePolicy } from './token-life.js'
import type { TokenOrigin } from './token-origin.js'

/** By which clock tokens are held, and for how long. */
export interface HeldTokensInput<Claims> extends Pick<TokenOrigin<Claims>, 'initial' | 'canRenew'> {
  readonly policy: TokenLifePolicy
  readonly now: () => number
  /** In [0, 1): spreads the renewals of many processes. */
  readonly random: () => number
}

/** The tokens that there are, and for how long yet. Times are in milliseconds by `time`. */
export interface HeldTokens<Claims> {
  /** A clock that never goes back. */
  time(): number
  current(): TokenSet<Claims> | undefined
  hold(tokens: TokenSet<Claims>): void
  /** Puts a set with the same access token in the place of the one that there is, which is good for as long as that. */
  replace(tokens: TokenSet<Claims>): void
  /** The tokens, if they are good for so long. Of a token that lives for less than twice that, half its life will do: a new one would be no better. */
  goodFor(minimumMs: number, time: number): TokenSet<Claims> | undefined
  /** How long they are good yet, in milliseconds; below 0 where there are none. */
  leftMs(time: number): number
  /** Whether they are to be renewed, though they may be handed out yet. */
  isDue(time: number): boolean
  /** Whether they end while the request that they are for may be under way: new ones are better waited for. */
  isInLastMoments(time: number): boolean
}

interface Life {
  readonly lifeMs: number
  readonly endsAt: number
  readonly renewAt: number
}

const lastMomentsMs = 10_000
/** What a server says to have ended at once is taken for so long, so that not each who asks makes a request. */
const shortestLifeMs = 1000

/** Begins with the tokens of `initial`, if there are any. */
export function createHeldTokens<Claims>({ initial, canRenew, policy, now, random }: HeldTokensInput<Claims>): HeldTokens<Claims> {
  let tokens = initial
  let life: Life = { lifeMs: 0, endsAt: -Infinity, renewAt: -Infinity }
  const time = createForwardClock(now, () => {
    // How much of it went by unseen is not known.
    life = { ...life, renewAt: -Infinity }
  })
  if (initial !== undefined) life = lifeFromNow(initial)

  return {
    time,
    current: () => tokens,
    hold(next) {
      tokens = next
      life = lifeFromNow(next)
    },
    replace(next) {
      tokens = next
    },
    goodFor(minimumMs, at) {
      const { lifeMs, endsAt } = life
      return endsAt - at > Math.max(0, Math.min(minimumMs, lifeMs / 2)) ? tokens : undefined
    },
    leftMs: (at) => life.endsAt - at,
    isDue: (at) => at >= life.renewAt,
    isInLastMoments: (at) => life.endsAt - at <= Math.min(lastMomentsMs, life.lifeMs / 4),
  }

  function lifeFromNow(next: TokenSet<Claims>): Life {
    // Nothing ends it, and nothing comes after it: good until an API says otherwise.
    const isForEver = next.expiresAt === undefined && !canRenew(next)
    const counted = isForEver ? { lifeMs: Infinity, leftMs: Infinity } : lifeOf(next, policy, now())
    const { lifeMs, leftMs } = counted.lifeMs > 0 ? counted : { lifeMs: shortestLifeMs, leftMs: shortestLifeMs }
    const endsAt = time() + leftMs
    return { lifeMs, endsAt, renewAt: endsAt - aheadOf(lifeMs, policy) * (1 + random() / 2) }
  }
}
