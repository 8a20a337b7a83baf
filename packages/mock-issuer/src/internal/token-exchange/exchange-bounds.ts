import type { IssuerClient } from '../../client.js'
import type { Laxity } from '../../laxity.js'
import { createAllowedScopes } from '../allowed-scopes.js'
import type { Form } from '../http/form.js'
import { OAuthRefusal } from '../http/oauth-refusal.js'
import { isSameDetail } from '../resource/authorization-details.js'
import type { AuthorizationDetail } from '../resource/authorization-details.js'
import { findResourceProblem } from '../resource/resource-indicator.js'
import { readRequestedTarget } from '../resource/token-target.js'
import type { TokenTargetSettings } from '../resource/token-target.js'
import { parseScope } from '../scope.js'
import type { SecurityToken } from './security-token.js'

/**
 * The scopes of the new token: no more than the subject has, and no more than the client is registered for. Without the parameter they
 * are all of those. A subject without a `scope`, such as an ID token, has none to give.
 *
 * @throws {OAuthRefusal} `invalid_scope`
 */
export function exchangedScopes(form: Form, { claims }: SecurityToken, client: IssuerClient, lax: ReadonlySet<Laxity>): readonly string[] {
  const has = (typeof claims['scope'] === 'string' && parseScope(claims['scope'])) || []
  const registered = client.scopes === undefined || lax.has('scope-unchecked') ? undefined : createAllowedScopes(client.scopes)
  const isRegistered = (name: string): boolean => registered?.allows(name) ?? true
  const requested = form.get('scope')
  if (requested === undefined) return has.filter(isRegistered)
  const scopes = parseScope(requested)
  if (scopes === undefined) throw new OAuthRefusal('invalid_scope', 'The scope is not a list of scope names separated by single spaces.')
  const granted = new Set(has)
  const further = scopes.find((name) => !granted.has(name))
  if (further !== undefined) throw new OAuthRefusal('invalid_scope', `The subject_token does not have the scope "${further}".`)
  const forbidden = scopes.find((name) => !isRegistered(name))
  if (forbidden !== undefined) throw new OAuthRefusal('invalid_scope', `The client is not registered for the scope "${forbidden}".`)
  return scopes
}

/**
 * The `aud` of the new token: what `audience` and `resource` name together, out of what is allowed; without them, all of that.
 *
 * @param allowed the `aud` of a subject that is an access token, or else the audience of this issuer
 * @throws {OAuthRefusal} `invalid_target` (RFC 8693 §2.2.2)
 */
export function exchangedAudience(form: Form, allowed: readonly string[]): string | readonly string[] {
  const resources = form.all('resource')
  const problem = findResourceProblem(resources, undefined)
  if (problem !== undefined) throw new OAuthRefusal('invalid_target', problem)
  const wanted = [...new Set([...form.all('audience'), ...resources])]
  if (!wanted.every((name) => allowed.includes(name))) {
    throw new OAuthRefusal('invalid_target', 'The subject_token is not for all that the request names as audience or resource.')
  }
  const audience = wanted.length === 0 ? allowed : wanted
  const [only] = audience
  return audience.length === 1 && only !== undefined ? only : audience
}

/**
 * The `authorization_details` of the new token: some of those that the subject has, or without the parameter all of them.
 *
 * @throws {OAuthRefusal} `invalid_authorization_details` (RFC 9396 §5)
 */
export function exchangedDetails(form: Form, { claims }: SecurityToken, settings: TokenTargetSettings): unknown {
  const has = claims['authorization_details']
  if (!form.has('authorization_details')) return has
  const granted: readonly unknown[] = Array.isArray(has) ? has : []
  // The resources are bounded by the audience of the subject, which may be of another issuer's making.
  const { authorizationDetails: wanted } = readRequestedTarget(form, { ...settings, allowedResources: undefined })
  if (wanted.every((detail) => granted.some((other) => isAuthorizationDetail(other) && isSameDetail(detail, other)))) return wanted
  throw new OAuthRefusal('invalid_authorization_details', 'The subject_token does not have all of these authorization_details.')
}

/** The end of the new token, in seconds since the epoch: not after that of the subject, so that exchanges do not keep it alive. */
export function exchangedExpiry({ claims }: SecurityToken, latestSeconds: number): number {
  return typeof claims['exp'] === 'number' ? Math.min(Math.floor(claims['exp']), latestSeconds) : latestSeconds
}

function isAuthorizationDetail(value: unknown): value is AuthorizationDetail {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
}
