import type { TokenSet } from '../../token-set.js'

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
  /** Waits until the app has kept what `renew` gave, or the new refresh token that it failed with. Never rejects. */
  keep(tokens: TokenSet<Claims>): Promise<void>
  /** Whether there can be new ones after these. */
  canRenew(tokens: TokenSet<Claims> | undefined): boolean
  /** Runs whenever somebody asks. */
  beforeAnswer(): void
  /** Begins nothing any more, and waits for what is under way. */
  stop(): Promise<void>
}
