import type { IssuerClient } from '../../client.js'
import type { IssuerContract } from '../../contract.js'
import type { ContractBreach } from '../contract-check.js'
import { openIdScopes } from '../scope.js'
import { listed, quoted, suggestion } from './known-names.js'

/** How a `scope` is written. */
export const malformedScopeAdvice = 'Write it as "orders_read orders_write".'

/** What would mend a request for a scope that there is not. */
export function unknownScopeAdvice(scope: string, contract: IssuerContract | undefined): string {
  const declared = contract?.scopes ?? {}
  if (Object.hasOwn(declared, scope)) return `It stands for a family of scopes: ask for one, such as ${quoted(scope.replace('*', '123'))}.`
  const known = Object.keys(declared)
  const meant = suggestion(scope, [...known, ...openIdScopes])
  return `${meant}The contract has ${listed(known)}; add ${quoted(scope)} to its scopes, or ask for one of these.`
}

/** What would mend a request for a scope that the client may not ask for. */
export function forbiddenScopeAdvice(scope: string, { clientId, scopes = [] }: IssuerClient): string {
  return `Add ${quoted(scope)} to the "scopes" of the client ${quoted(clientId)}, which are ${listed(scopes)}; without "scopes" it may ask for all.`
}

/** What would let a client have a token about itself, which has the claims of its registration; `undefined` where it lacks none. */
export function ownClaimsAdvice({ lacking = [] }: ContractBreach, { clientId }: IssuerClient): string | undefined {
  const claims = new Set(lacking.map(({ claim }) => claim))
  const what = claims.size === 1 ? 'the claim' : 'the claims'
  return claims.size === 0 ? undefined : `Give the client ${quoted(clientId)} ${what} ${listed(claims)}, in its "claims".`
}
