import type { SessionTokens } from './session-vault.js'

/** Each tab renews a little earlier or later than the others. */
const jitter = 1 + Math.random()

/** Whether they are good now, or (ahead) good enough not to be renewed: near the end that is done before anybody has to wait for it. */
export function isGood(
  { receivedAt, expiresAt = Infinity, refreshToken }: Pick<SessionTokens, 'receivedAt' | 'expiresAt' | 'refreshToken'>,
  isAhead?: boolean,
): boolean {
  const aheadMs = isAhead ? jitter * Math.min(30_000, (expiresAt - receivedAt) / 8) : 0
  const now = Date.now()
  // A clock that was set back says nothing of how old a token is: it is renewed, if that can be done.
  return (!refreshToken || receivedAt <= now) && now < expiresAt - aheadMs
}
