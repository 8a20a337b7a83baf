import type { ClientCredentialsSource, JwtBearerSource } from '../../token-source-grant.js'
import { sha256 } from '../sha-256.js'

/** What tells the tokens of one source from those of another. */
export interface CacheKeyInput {
  readonly issuer: string
  readonly clientId: string
  readonly grant: ClientCredentialsSource | JwtBearerSource
  /** Of the key that they are bound to. */
  readonly keyThumbprint: string | undefined
}

/**
 * The key of a machine's tokens in a store: a hash of all that they depend on, so that a token is never taken for one of more scope, another API, another
 * user or another key.
 */
export async function formatCacheKey({ issuer, clientId, grant, keyThumbprint }: CacheKeyInput): Promise<string> {
  const { type, scope, resource, audience, authorizationDetails, parameters } = grant
  const subject = grant.type === 'jwt_bearer' ? grant.subject : undefined
  const parts = [
    issuer,
    clientId,
    type,
    subject,
    scope?.split(' ').toSorted(),
    resource === undefined ? [] : [resource].flat().toSorted(),
    audience,
    authorizationDetails,
    Object.entries(parameters ?? {}).toSorted(([one], [other]) => (one < other ? -1 : 1)),
    keyThumbprint,
  ]
  // null for what is not there: a place of its own for each part, so that none can be taken for another.
  return `bailiwick:token:${await sha256(JSON.stringify(parts.map((part) => part ?? null)))}`
}
