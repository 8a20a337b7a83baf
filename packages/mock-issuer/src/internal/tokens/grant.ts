/**
 * What one authorization gave rise to: every code, access token and refresh token of it points here, so that revoking
 * the grant ends all of them at once.
 */
export interface Grant {
  readonly clientId: string
  revoked: boolean
}

/** Starts a grant for a client. */
export function createGrant(clientId: string): Grant {
  return { clientId, revoked: false }
}
