import { reservedClaims } from '../../claims-provider.js'
import { defaultClients } from '../../client.js'
import type { IssuerClient } from '../../client.js'
import type { GrantType } from '../../grant-type.js'
import { createAllowedScopes } from '../allowed-scopes.js'
import type { IssuerSettings } from '../issuer-settings.js'
import { parseScope } from '../scope.js'
import { mayUseGrant } from '../token-endpoint/client-grant-types.js'
import { clientWarnings } from './client-warnings.js'
import { quoted, suggestion } from './known-names.js'

/** The settings that warnings are about. */
export type WarnedSettings = Pick<
  IssuerSettings,
  'clients' | 'users' | 'contract' | 'lax' | 'audience' | 'allowedResources' | 'trustedIssuers' | 'claimsProvider' | 'autoLogin'
>

const maxWarnings = 20

/**
 * Finds what is allowed in the options and cannot work, or not as it was meant. None of it is an error: a test may want a client that is
 * always refused.
 */
export function settingsWarnings(settings: WarnedSettings): readonly string[] {
  const all = [
    ...contractWarnings(settings),
    ...[...settings.clients.values()].filter(isOwn).flatMap((client) => clientWarnings(client, settings)),
    ...loginWarnings(settings),
    ...claimWarnings(settings),
  ]
  const warnings = [...new Set(all)]
  if (warnings.length <= maxWarnings) return warnings
  return [...warnings.slice(0, maxWarnings), `There are ${warnings.length - maxWarnings} more of these.`]
}

// The default clients may do everything that there is, and what there is depends on the other options.
function isOwn(client: IssuerClient): boolean {
  return !defaultClients.includes(client)
}

function contractWarnings({ contract }: WarnedSettings): readonly string[] {
  const unusable = Object.keys(contract?.scopes ?? {}).filter((scope) => parseScope(scope)?.length !== 1)
  return unusable.map(
    (scope) =>
      `The contract has the scope ${quoted(scope)}, which no request can ask for: a scope has no spaces, quotes or backslashes (RFC 6749 §3.3).`,
  )
}

function loginWarnings({ users, autoLogin }: WarnedSettings): readonly string[] {
  if (autoLogin === undefined || users.some(({ sub }) => sub === autoLogin)) return []
  const names = users.map(({ sub }) => sub)
  const meant = suggestion(autoLogin, names).trimEnd()
  return meant === '' ? [] : [`The option "autoLogin" is ${quoted(autoLogin)}, who is no configured user, and so has no claims. ${meant}`]
}

function claimWarnings({ contract, users, clients, claimsProvider, lax }: WarnedSettings): readonly string[] {
  // A claims provider may say what no user has.
  if (claimsProvider !== undefined || lax.has('scope-unchecked')) return []
  const forUsers = [...clients.values()].filter((client) => userGrants.some((grant) => mayUseGrant(client, grant))).map(createAsker)
  return Object.entries(contract?.scopes ?? {}).flatMap(([scope, { claims: required = [] }]) => {
    const nobodys = required.filter(
      (claim) => !reservedClaims.includes(claim) && !users.some((user) => Object.hasOwn(user.claims ?? {}, claim)),
    )
    if (nobodys.length === 0 || !forUsers.some((mayAskFor) => mayAskFor(scope))) return []
    const which = `the claim${nobodys.length === 1 ? '' : 's'} ${nobodys.map(quoted).join(', ')}`
    return [`No user has ${which}, which the scope ${quoted(scope)} requires, so no user can be granted it.`]
  })
}

// Those that end in a token with the claims of a user.
const userGrants: readonly GrantType[] = [
  'authorization_code',
  'urn:ietf:params:oauth:grant-type:device_code',
  'urn:openid:params:grant-type:ciba',
  'urn:ietf:params:oauth:grant-type:jwt-bearer',
]

// Whether a client may ask for a scope of the contract, or for one of a family such as "payment:*".
function createAsker({ scopes }: IssuerClient): (declared: string) => boolean {
  if (scopes === undefined) return () => true
  const names = new Set(scopes)
  const allowed = createAllowedScopes(scopes)
  return (declared) => {
    if (names.has(declared) || allowed.allows(declared)) return true
    const family = createAllowedScopes([declared])
    return declared.endsWith('*') && scopes.some((own) => family.allows(own))
  }
}
