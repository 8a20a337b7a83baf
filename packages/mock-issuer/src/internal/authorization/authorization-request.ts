import type { IssuerClient } from '../../client.js'
import type { IssuerContract } from '../../contract.js'
import type { Laxity } from '../../laxity.js'
import type { Parameters } from '../http/parameters.js'
import { readRequestedScopes } from '../requested-scopes.js'
import { readTokenTarget } from '../resource/token-target.js'
import type { TokenTarget, TokenTargetSettings } from '../resource/token-target.js'
import { isUsableRedirectUri } from '../registration/redirect-uri-check.js'
import { readAuthenticationDemands } from '../sessions/authentication-demands.js'
import type { AuthenticationDemands } from '../sessions/authentication-demands.js'
import { compareRedirectUri } from './parameter-comparison.js'
import type { ParameterComparison } from './parameter-comparison.js'
import { refuseAuthorization } from './authorization-error.js'
import type { AuthorizationError, AuthorizationErrorCode } from './authorization-error.js'
import { readCodeChallenge } from './pkce.js'
import type { CodeChallenge } from './pkce.js'
import { checkPrompt, checkProtocol } from './protocol-checks.js'
import { isRegisteredRedirectUri } from './redirect-uri-match.js'
import { readResponseMode } from './response-mode.js'
import type { ResponseMode } from './response-mode.js'

/** An authorization request that passed every check that can be made before the user logs in. */
export interface AuthorizationRequest {
  readonly client: IssuerClient
  readonly redirectUri: string
  readonly responseMode: ResponseMode
  readonly state: string | undefined
  /** Whether it must be answered without a page (`prompt=none`). */
  readonly isSilent: boolean
  readonly scopes: readonly string[]
  /** `undefined` under the laxity `pkce-optional` alone. */
  readonly codeChallenge: CodeChallenge | undefined
  readonly nonce: string | undefined
  /** The thumbprint of the DPoP key that the code is to be bound to (RFC 9449 §10). */
  readonly dpopJkt: string | undefined
  /** The resources and the details that were asked for. */
  readonly target: TokenTarget
  readonly demands: AuthenticationDemands
}

/**
 * A request is `valid`; or `refused`, which the client is told by a redirect; or `unusable`: it cannot be told, because
 * the request does not prove where the client is, and redirecting would make the issuer an open redirector (RFC 6749 §4.1.2.1).
 */
export type AuthorizationRequestOutcome =
  | { readonly outcome: 'valid'; readonly request: AuthorizationRequest }
  | {
      readonly outcome: 'refused'
      readonly redirectUri: string
      readonly responseMode: ResponseMode
      readonly state: string | undefined
      readonly isSilent: boolean
      readonly error: AuthorizationError
    }
  | { readonly outcome: 'unusable'; readonly error: AuthorizationError; readonly comparison?: ParameterComparison | undefined }

export interface AuthorizationRequestChecksInput extends TokenTargetSettings {
  readonly contract: IssuerContract | undefined
  readonly lax: ReadonlySet<Laxity>
}

/** Checks the parameters of an authorization request from a known client: first where the answer may go, then everything else. */
export function checkAuthorizationRequest(
  parameters: Parameters,
  client: IssuerClient,
  input: AuthorizationRequestChecksInput,
): AuthorizationRequestOutcome {
  const { values, repeated } = parameters
  if (repeated.includes('client_id') || values.get('client_id') !== client.clientId) {
    return unusable('The parameter client_id must be there, once, and name this client.')
  }
  const redirectUri = values.get('redirect_uri')
  if (redirectUri === undefined) return unusable('No redirect_uri was sent.', compareRedirectUri(redirectUri, client))
  if (repeated.includes('redirect_uri')) return unusable('Send the parameter redirect_uri once.')
  const isAllowed = isAllowedRedirectUri(redirectUri, client, input.lax)
  const mismatch = 'The redirect_uri is not registered for this client. It must be the same, character by character.'
  if (!isAllowed) return unusable(mismatch, compareRedirectUri(redirectUri, client))

  const state = repeated.includes('state') ? undefined : values.get('state')
  const responseMode = readResponseMode(values.get('response_mode')) ?? 'query'
  const isSilent = values.get('prompt')?.split(' ').includes('none') ?? false
  const refused = (error: AuthorizationError) => ({ outcome: 'refused', redirectUri, responseMode, state, isSilent, error }) as const

  const error = checkProtocol(parameters) ?? checkGrantType(client) ?? checkPrompt(values)
  if (error !== undefined) return refused(error)
  const pkce = readCodeChallenge(values, input.lax)
  if (pkce.problem !== undefined) return refused(refuseAuthorization('invalid_request', pkce.problem, pkce.advice))
  const requested = readRequestedScopes(values.get('scope'), client, input.contract, input.lax)
  if (requested.problem !== undefined) return refused(refuseAuthorization('invalid_scope', requested.problem, requested.advice))
  const target = readTokenTarget(values, input)
  if (target.error !== undefined) return refused(target.error)
  const request = {
    client,
    redirectUri,
    responseMode,
    state,
    isSilent,
    scopes: requested.scopes,
    codeChallenge: pkce.challenge,
    nonce: values.get('nonce'),
    dpopJkt: values.get('dpop_jkt'),
    target: target.target,
    demands: readAuthenticationDemands(values),
  }
  return { outcome: 'valid', request }
}

/** Whether answers for a client may go to a redirect URI. */
export function isAllowedRedirectUri(uri: string, client: IssuerClient, lax: ReadonlySet<Laxity>): boolean {
  return lax.has('redirect-uri-unchecked') ? isUsableRedirectUri(uri) : isRegisteredRedirectUri(uri, client.redirectUris)
}

/** Why a client may have no codes; `undefined` if it may. */
export function checkGrantType({ grantTypes }: IssuerClient): AuthorizationError | undefined {
  if (grantTypes?.includes('authorization_code') ?? true) return undefined
  return refuseAuthorization('unauthorized_client', 'The client is not registered for the grant type authorization_code.')
}

/** What becomes of a request whose client cannot be told. */
export function unusable(
  description: string,
  comparison?: ParameterComparison,
  code: AuthorizationErrorCode = 'invalid_request',
): AuthorizationRequestOutcome {
  return { outcome: 'unusable', error: { code, description, advice: comparison?.loggedAdvice }, comparison }
}
