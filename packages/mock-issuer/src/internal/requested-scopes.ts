import type { IssuerClient } from '../client.js'
import type { IssuerContract } from '../contract.js'
import type { Laxity } from '../laxity.js'
import { forbiddenScopeAdvice, malformedScopeAdvice, unknownScopeAdvice } from './advice/scope-advice.js'
import { createAllowedScopes } from './allowed-scopes.js'
import { declaredScope } from './contract-check.js'
import { openIdScopes, parseScope } from './scope.js'

/** The scopes that a client may have, or why it may not (`invalid_scope`, RFC 6749 §3.3), and what would mend it. */
export type RequestedScopes =
  | { readonly scopes: readonly string[]; readonly problem?: undefined }
  | { readonly problem: string; readonly advice: string }

/**
 * Checks the `scope` parameter of a request: well formed, known to the contract, and within what the client is registered
 * for. Without the parameter nothing is granted.
 */
export function readRequestedScopes(
  scope: string | undefined,
  client: IssuerClient,
  contract: IssuerContract | undefined,
  lax: ReadonlySet<Laxity> = new Set(),
): RequestedScopes {
  if (scope === undefined) return { scopes: [] }
  const scopes = parseScope(scope)
  if (scopes === undefined) {
    return { problem: 'The scope is not a list of scope names separated by single spaces.', advice: malformedScopeAdvice }
  }
  if (lax.has('scope-unchecked')) return { scopes }
  const unknown = scopes.find((name) => !isKnownScope(name, contract))
  if (unknown !== undefined) return { problem: `There is no scope "${unknown}".`, advice: unknownScopeAdvice(unknown, contract) }
  const allowed = client.scopes && createAllowedScopes(client.scopes)
  const forbidden = scopes.find((name) => !(allowed?.allows(name) ?? true))
  if (forbidden !== undefined) {
    return { problem: `The client is not registered for the scope "${forbidden}".`, advice: forbiddenScopeAdvice(forbidden, client) }
  }
  return { scopes }
}

/** Whether the issuer can grant a scope to anyone: the contract or OpenID Connect knows it, or there is no contract. */
export function isKnownScope(scope: string, contract: IssuerContract | undefined): boolean {
  return contract === undefined || openIdScopes.includes(scope) || declaredScope(contract, scope) !== undefined
}
