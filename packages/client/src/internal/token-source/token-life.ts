import type { TokenSet } from '../../token-set.js'

/** How tokens are used up. */
export interface TokenLifePolicy {
  /** How long before its end a token is renewed; `undefined` for a fifth of its life, at most five minutes. */
  readonly refreshAheadMs: number | undefined
  /** How long a token is good of which the server does not say. */
  readonly assumedLifetimeMs: number
}

const mostAheadMs = 300_000

/** How long a token is good yet: by the clock of who received it, and no longer than it lives in all. In milliseconds. */
export function lifeOf(tokens: TokenSet<unknown>, { assumedLifetimeMs }: TokenLifePolicy, now: number): { lifeMs: number; leftMs: number } {
  const { expiresAt, receivedAt } = tokens
  const endsAt = expiresAt === undefined ? receivedAt * 1000 + assumedLifetimeMs : expiresAt * 1000
  const lifeMs = endsAt - receivedAt * 1000
  return { lifeMs, leftMs: Math.min(endsAt - now, lifeMs) }
}

/** How long before its end a token is renewed, before what is added at random: half its life at most. */
export function aheadOf(lifeMs: number, { refreshAheadMs }: TokenLifePolicy): number {
  return Math.max(0, Math.min(refreshAheadMs ?? Math.min(lifeMs / 5, mostAheadMs), lifeMs / 2))
}
