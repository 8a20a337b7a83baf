import { reservedClaims } from '../../claims-provider.js'
import type { IssuerClient } from '../../client.js'
import type { GrantType } from '../../grant-type.js'
import { isPublicClient } from '../client-authentication/registered-methods.js'
import { requiredClaims } from '../contract-check.js'
import type { IssuerSettings } from '../issuer-settings.js'
import { isKnownScope } from '../requested-scopes.js'
import { openIdScopes } from '../scope.js'
import { clientGrantTypes } from '../token-endpoint/client-grant-types.js'
import { listed, quoted, suggestion } from './known-names.js'

type Settings = Pick<IssuerSettings, 'contract' | 'lax' | 'audience' | 'allowedResources' | 'trustedIssuers' | 'claimsProvider'>

/** Finds what a client is registered with that cannot work: see `settingsWarnings`. */
export function clientWarnings(client: IssuerClient, settings: Settings): readonly string[] {
  const name = `The client ${quoted(client.clientId)}`
  const warnings = [
    ...scopeWarnings(client, settings),
    ...claimWarnings(client, settings),
    ...grantWarnings(client, settings),
    ...audienceWarnings(client, settings),
  ]
  return warnings.map((warning) => `${name} ${warning}`)
}

function scopeWarnings({ scopes = [] }: IssuerClient, { contract, lax }: Settings): readonly string[] {
  if (contract === undefined || lax.has('scope-unchecked')) return []
  const known = Object.keys(contract.scopes)
  // A family of scopes is registered by its own name.
  const unknown = scopes.filter((scope) => !known.includes(scope) && !isKnownScope(scope, contract))
  return unknown.map((scope) => {
    const meant = suggestion(scope, [...known, ...openIdScopes])
    const told = meant === '' ? `The contract has ${listed(known)}.` : meant.trimEnd()
    return `has the scope ${quoted(scope)}, which the contract does not have, so it is never granted. ${told}`
  })
}

// One that can get tokens for users too may have its scopes for them. What the issuer says itself is nobody's to give.
function claimWarnings(client: IssuerClient, { contract, claimsProvider, lax }: Settings): readonly string[] {
  const { scopes = [], claims = {} } = client
  if (contract === undefined || claimsProvider !== undefined || lax.has('scope-unchecked') || isPublicClient(client)) return []
  if (clientGrantTypes(client).some((grantType) => grantType !== 'client_credentials')) return []
  return scopes.flatMap((scope) => {
    const required = contract.scopes[scope]?.claims ?? requiredClaims(contract, scope)
    const lacking = required.filter((claim) => !reservedClaims.includes(claim) && !Object.hasOwn(claims, claim))
    return lacking.map(
      (claim) =>
        `has no claim ${quoted(claim)}, which its scope ${quoted(scope)} requires, so client_credentials is refused. Give it one in its "claims".`,
    )
  })
}

const jwtBearer: GrantType = 'urn:ietf:params:oauth:grant-type:jwt-bearer'
const confidentialGrants: readonly GrantType[] = ['client_credentials', 'urn:openid:params:grant-type:ciba']
const refreshableGrants: readonly GrantType[] = [
  'authorization_code',
  'urn:ietf:params:oauth:grant-type:device_code',
  'urn:openid:params:grant-type:ciba',
]

function grantWarnings(client: IssuerClient, { trustedIssuers, lax }: Settings): readonly string[] {
  const grants = clientGrantTypes(client)
  const { redirectUris = [], grantTypes } = client
  const isPublic = isPublicClient(client)
  if (isPublic && grants.length === 0) return ['can do nothing: it has no "redirectUris", no "clientSecret" and no "grantTypes".']
  const needless = isPublic ? confidentialGrants.filter((grant) => grants.includes(grant)) : []
  const hasCodes = grants.includes('authorization_code')
  const hasUris = redirectUris.length > 0 || lax.has('redirect-uri-unchecked')
  const isStranded = grantTypes?.includes('refresh_token') === true && !refreshableGrants.some((grant) => grants.includes(grant))
  return [
    ...(hasCodes && !hasUris ? ['has the grant authorization_code, and no "redirectUris" to be answered at.'] : []),
    ...(!hasCodes && redirectUris.length > 0
      ? ['has "redirectUris", and not the grant authorization_code, so no login can end there.']
      : []),
    ...needless.map((grant) => `has the grant ${grant}, which a public client cannot use. Give it a "clientSecret".`),
    ...(grants.includes(jwtBearer) && trustedIssuers.size === 0
      ? [`has the grant ${jwtBearer}, which there is only with "trustedIssuers".`]
      : []),
    ...(isStranded ? ['has the grant refresh_token, and none that gives it a refresh token.'] : []),
  ]
}

function audienceWarnings({ audience }: IssuerClient, settings: Settings): readonly string[] {
  if (audience === undefined || settings.allowedResources === undefined) return []
  const known = new Set([...[settings.audience].flat(), ...settings.allowedResources])
  const own = [audience].flat()
  if (own.some((name) => known.has(name))) return []
  return [`introspects for ${listed(own)}, which no token is for by default, so each is inactive to it. Tokens are for ${listed(known)}.`]
}
