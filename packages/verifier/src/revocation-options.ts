import type { VerifiedAccessToken } from '@bailiwick/protocol'

/** A check for tokens that were revoked before they expire. */
export interface RevocationOptions {
  /**
   * Whether the token is revoked. It is called on every verification, after all checks of the token itself, even if the verdict
   * is cached: make it fast, or cache its answers. If it throws or rejects, the outcome is `revocation_unavailable`.
   */
  isRevoked: (token: VerifiedAccessToken) => boolean | Promise<boolean>
  /** Its time limit, in milliseconds, from 1 to 60,000. Default: 2,000. */
  timeoutMs?: number | undefined
}
