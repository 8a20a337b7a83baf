import type { VerifiedAccessToken } from '@bailiwick/protocol'

/** How it is found out that a token was revoked before its time. */
export interface RevocationOptions {
  /**
   * Whether the token is revoked. It is asked on every verification, after all checks of the token itself, also when the verdict comes
   * from the cache: keep it fast, or keep its answers. What it throws or rejects with counts as `revocation_unavailable`.
   */
  isRevoked: (token: VerifiedAccessToken) => boolean | Promise<boolean>
  /** How long it may take, in milliseconds, from 1 to 60,000. Default: 2,000. */
  timeoutMs?: number | undefined
}
