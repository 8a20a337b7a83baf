import type { IssuerClient } from '../../client.js'
import type { IssuerContract } from '../../contract.js'
import { declaredScope, requiredClaims } from '../contract-check.js'
import { allowsScope, openIdScopes, parseScope } from '../scope.js'
import { listed, quoted, suggestion } from './known-names.js'

/** Whether the issuer can grant a scope to anyone: the contract or OpenID Connect knows it, or there is no contract. */
export function isKnownScope(scope: string, contract: IssuerContract | undefined): boolean {
  return contract === undefined || openIdScopes.includes(scope) || declaredScope(contract, scope) !== undefined
}

/** What would mend a request for scopes that are not granted; `undefined` when it is about none of these rules. */
export function scopeAdvice(
  { scope, grantType }: { readonly scope?: string | undefined; readonly grantType?: string | undefined },
  client: IssuerClient | undefined,
  contract: IssuerContract | undefined,
): string | undefined {
  if (scope === undefined) return undefined
  const scopes = parseScope(scope)
  if (scopes === undefined) return 'Write it as "orders_read orders_write".'
  const unknown = scopes.find((name) => !isKnownScope(name, contract))
  if (unknown !== undefined) return unknownScopeAdvice(unknown, contract)
  if (client === undefined) return undefined
  const forbidden = scopes.find((name) => !(client.scopes?.some((own) => allowsScope(own, name)) ?? true))
  if (forbidden === undefined) return grantType === 'client_credentials' ? claimsAdvice(scopes, client, contract) : undefined
  const own = listed(client.scopes ?? [])
  return `Add ${quoted(forbidden)} to the "scopes" of the client ${quoted(client.clientId)}, which are ${own}; without "scopes" it may ask for all.`
}

// Such a token is about the client itself, and has the claims of its registration.
function claimsAdvice(scopes: readonly string[], { clientId, claims = {} }: IssuerClient, contract: IssuerContract | undefined) {
  const required = scopes.flatMap((scope) => (contract === undefined ? [] : requiredClaims(contract, scope)))
  const lacking = new Set(required.filter((claim) => !Object.hasOwn(claims, claim)))
  const what = lacking.size === 1 ? 'the claim' : 'the claims'
  return lacking.size === 0 ? undefined : `Give the client ${quoted(clientId)} ${what} ${listed(lacking)}, in its "claims".`
}

function unknownScopeAdvice(scope: string, contract: IssuerContract | undefined): string {
  const known = Object.keys(contract?.scopes ?? {})
  const meant = suggestion(scope, [...known, ...openIdScopes])
  return `${meant}The contract has ${listed(known)}; add ${quoted(scope)} to its scopes, or ask for one of these.`
}
