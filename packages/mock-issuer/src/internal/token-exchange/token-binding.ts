import type { IssuerClient } from '../../client.js'
import { OAuthRefusal } from '../http/oauth-refusal.js'
import type { Confirmation } from '../tokens/confirmation.js'
import { namesWhoActs } from './delegation.js'
import type { SecurityToken } from './security-token.js'

/**
 * Whether the subject token was meant to get to the client: it is in its `aud`, by its id or by one of the APIs that its `audience`
 * lists, or the `may_act` names it. Such a client has the token from who it was issued to, whose key it cannot have. A client without an
 * `audience` stands for no API here.
 */
export function isMeantForClient({ claims }: SecurityToken, client: IssuerClient, issuer: string): boolean {
  const own = new Set<unknown>([client.clientId, client.audience ?? []].flat())
  return [claims['aud']].flat().some((name) => own.has(name)) || namesWhoActs(claims['may_act'], undefined, client, issuer)
}

/**
 * Requires proof of every key that the token is bound to: anyone can have stolen it, a client that authenticates too. What is bound to
 * something that cannot be proven here is refused (RFC 7800 §3.1).
 *
 * @throws {OAuthRefusal} `invalid_request`
 */
export function checkBinding({ claims: { cnf } }: SecurityToken, confirmation: Confirmation | undefined): void {
  if (cnf === undefined) return
  const bound = typeof cnf === 'object' && cnf !== null ? Object.entries(cnf) : []
  const proven = new Map(Object.entries(confirmation ?? {}))
  if (bound.length > 0 && bound.every(([name, value]) => typeof value === 'string' && proven.get(name) === value)) return
  throw new OAuthRefusal('invalid_request', 'The token is bound to a key, and the request does not prove to have it.')
}
