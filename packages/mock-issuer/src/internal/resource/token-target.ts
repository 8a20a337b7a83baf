import type { AccessTokenClaims } from '../../access-token.js'
import type { Form } from '../http/form.js'
import { OAuthRefusal } from '../http/oauth-refusal.js'
import { isSameDetail, parseAuthorizationDetails } from './authorization-details.js'
import type { AuthorizationDetail } from './authorization-details.js'
import { findResourceProblem } from './resource-indicator.js'

/** What an access token is for, besides its scopes. */
export interface TokenTarget {
  /** The APIs that it is for (RFC 8707); none stands for the issuer's audience. */
  readonly resources: readonly string[]
  readonly authorizationDetails: readonly AuthorizationDetail[]
}

/** What an issuer lets clients ask for. */
export interface TokenTargetSettings {
  /** `undefined` for any, under the laxity `resource-unchecked` alone. */
  readonly allowedResources: ReadonlySet<string> | undefined
  /** `undefined` for any, under the laxity `authorization-details-type-unchecked` alone. */
  readonly authorizationDetailsTypes: ReadonlySet<string> | undefined
}

/** Why a request asks for what it cannot have. */
export interface TokenTargetError {
  readonly code: 'invalid_target' | 'invalid_authorization_details'
  readonly description: string
}

/** The target of a request, or why it is refused. */
export type TokenTargetOutcome = { readonly target: TokenTarget; readonly error?: undefined } | { readonly error: TokenTargetError }

/**
 * Reads what a request asks for by `resource` and `authorization_details`. Does not compare it with what was granted before:
 * `narrowTarget` does.
 */
export function readTokenTarget(form: Form, settings: TokenTargetSettings): TokenTargetOutcome {
  const resources = [...new Set(form.all('resource'))]
  const problem = findResourceProblem(resources, settings.allowedResources)
  if (problem !== undefined) return { error: { code: 'invalid_target', description: problem } }
  const text = form.get('authorization_details')
  if (text === undefined) return { target: { resources, authorizationDetails: [] } }
  const parsed = parseAuthorizationDetails(text, settings.authorizationDetailsTypes)
  if (parsed.problem !== undefined) return { error: { code: 'invalid_authorization_details', description: parsed.problem } }
  return { target: { resources, authorizationDetails: parsed.details } }
}

/**
 * The target of a token for which no user was asked before, as with `client_credentials`.
 * @throws {OAuthRefusal} `invalid_target` or `invalid_authorization_details`
 */
export function readRequestedTarget(form: Form, settings: TokenTargetSettings): TokenTarget {
  const read = readTokenTarget(form, settings)
  if (read.error !== undefined) throw new OAuthRefusal(read.error.code, read.error.description)
  return read.target
}

/**
 * The target of a token that comes of an authorization before. The request can only narrow it, to some of its resources and some of its
 * details; without the parameter it gets all of them.
 *
 * @throws {OAuthRefusal} `invalid_target` or `invalid_authorization_details`
 * @see {@link https://www.rfc-editor.org/rfc/rfc8707#section-2.2 RFC 8707 §2.2}
 * @see {@link https://www.rfc-editor.org/rfc/rfc9396#section-6 RFC 9396 §6}
 */
export function narrowTarget(form: Form, settings: TokenTargetSettings, granted: TokenTarget = untargeted): TokenTarget {
  const target = readRequestedTarget(form, settings)
  return {
    resources: narrowed(target.resources, granted.resources, (one, other) => one === other, 'invalid_target'),
    authorizationDetails: narrowed(
      target.authorizationDetails,
      granted.authorizationDetails,
      isSameDetail,
      'invalid_authorization_details',
    ),
  }
}

/** The claims that say what an access token is for; none for what was not asked (RFC 8707 §3, RFC 9396 §9.1). */
export function tokenTargetClaims({ resources, authorizationDetails }: TokenTarget = untargeted): AccessTokenClaims {
  const [first] = resources
  return {
    ...(first === undefined ? {} : { aud: resources.length === 1 ? first : resources }),
    ...(authorizationDetails.length === 0 ? {} : { authorization_details: authorizationDetails }),
  }
}

const untargeted: TokenTarget = { resources: [], authorizationDetails: [] }

function narrowed<T>(
  wanted: readonly T[],
  granted: readonly T[],
  isSame: (one: T, other: T) => boolean,
  code: TokenTargetError['code'],
): readonly T[] {
  if (wanted.length === 0) return granted
  if (wanted.every((one) => granted.some((other) => isSame(one, other)))) return wanted
  throw new OAuthRefusal(code, 'The request asks for more than was authorized.')
}
