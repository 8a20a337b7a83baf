import type { IssuerClient } from '../../client.js'
import type { IssuerContract } from '../../contract.js'
import type { Parameters } from '../http/parameters.js'
import { readRequestedScopes } from '../requested-scopes.js'
import { readAuthenticationDemands } from '../sessions/authentication-demands.js'
import type { AuthenticationDemands } from '../sessions/authentication-demands.js'
import { isCodeChallenge } from './pkce.js'

/** An authorization request that passed every check that can be made before the user logs in. */
export interface AuthorizationRequest {
  readonly client: IssuerClient
  readonly redirectUri: string
  readonly state: string | undefined
  readonly scopes: readonly string[]
  readonly codeChallenge: string
  readonly nonce: string | undefined
  readonly demands: AuthenticationDemands
}

/** The error codes of RFC 6749 §4.1.2.1 and OpenID Connect Core 1.0 §3.1.2.6 that this endpoint can give. */
export type AuthorizationErrorCode = (typeof authorizationErrorCodes)[number]

/** Those codes, the ones of RFC 6749 first. */
export const authorizationErrorCodes = [
  'invalid_request',
  'unauthorized_client',
  'access_denied',
  'unsupported_response_type',
  'invalid_scope',
  'server_error',
  'temporarily_unavailable',
  'interaction_required',
  'login_required',
  'account_selection_required',
  'consent_required',
  'invalid_request_uri',
  'invalid_request_object',
  'request_not_supported',
  'request_uri_not_supported',
  'registration_not_supported',
  'unmet_authentication_requirements',
] as const

/** Why a request is refused, for the client to read. */
export interface AuthorizationError {
  readonly code: AuthorizationErrorCode
  readonly description: string
}

/**
 * A request is `valid`; or `refused`, which the client is told by a redirect; or `unusable`: it cannot be told, because
 * the request does not prove where the client is, and redirecting would make the issuer an open redirector (RFC 6749 §4.1.2.1).
 */
export type AuthorizationRequestOutcome =
  | { readonly outcome: 'valid'; readonly request: AuthorizationRequest }
  | { readonly outcome: 'refused'; readonly redirectUri: string; readonly state: string | undefined; readonly error: AuthorizationError }
  | { readonly outcome: 'unusable'; readonly reason: string }

export interface AuthorizationRequestInput {
  readonly clients: ReadonlyMap<string, IssuerClient>
  readonly contract: IssuerContract | undefined
}

/** Checks an authorization request, first who it is from and where the answer may go, then everything else. */
export function readAuthorizationRequest(parameters: Parameters, input: AuthorizationRequestInput): AuthorizationRequestOutcome {
  const { values, repeated } = parameters
  const decisive = ['client_id', 'redirect_uri'].find((name) => repeated.includes(name) || !values.has(name))
  if (decisive !== undefined) return { outcome: 'unusable', reason: `The parameter ${decisive} must be there, once.` }
  const client = input.clients.get(values.get('client_id') ?? '')
  if (client === undefined) return { outcome: 'unusable', reason: 'No client is registered with this client_id.' }
  const redirectUri = values.get('redirect_uri') ?? ''
  if (!client.redirectUris?.includes(redirectUri)) {
    return {
      outcome: 'unusable',
      reason: 'The redirect_uri is not registered for this client. It must be the same, character by character.',
    }
  }

  const state = repeated.includes('state') ? undefined : values.get('state')
  const error = checkProtocol(parameters) ?? checkPkce(values) ?? checkPrompt(values)
  if (error !== undefined) return { outcome: 'refused', redirectUri, state, error }
  const requested = readRequestedScopes(values.get('scope'), client, input.contract)
  if (requested.problem !== undefined) return { outcome: 'refused', redirectUri, state, error: refuse('invalid_scope', requested.problem) }
  const request = {
    client,
    redirectUri,
    state,
    scopes: requested.scopes,
    codeChallenge: values.get('code_challenge') ?? '',
    nonce: values.get('nonce'),
    demands: readAuthenticationDemands(values),
  }
  return { outcome: 'valid', request }
}

function checkProtocol({ values, repeated }: Parameters): AuthorizationError | undefined {
  if (repeated.length > 0) return refuse('invalid_request', `Send each parameter once; repeated: ${repeated.join(', ')}.`)
  if (values.has('request')) return refuse('request_not_supported', 'Request objects are not supported.')
  if (values.has('request_uri')) return refuse('request_uri_not_supported', 'Request objects are not supported.')
  if (values.has('registration')) return refuse('registration_not_supported', 'Registration in the request is not supported.')
  const responseType = values.get('response_type')
  if (responseType === undefined) return refuse('invalid_request', 'The parameter response_type is missing.')
  if (responseType !== 'code') return refuse('unsupported_response_type', 'The only response_type is code.')
  if ((values.get('response_mode') ?? 'query') !== 'query') return refuse('invalid_request', 'The only response_mode is query.')
  return undefined
}

function checkPkce(values: ReadonlyMap<string, string>): AuthorizationError | undefined {
  const challenge = values.get('code_challenge')
  if (challenge === undefined) return refuse('invalid_request', 'PKCE is required: the parameter code_challenge is missing.')
  // Left out, the method means plain (RFC 7636 §4.3).
  if (values.get('code_challenge_method') !== 'S256') return refuse('invalid_request', 'PKCE is required with code_challenge_method=S256.')
  if (!isCodeChallenge(challenge)) return refuse('invalid_request', 'The code_challenge is not the base64url of a SHA-256 hash.')
  return undefined
}

function checkPrompt(values: ReadonlyMap<string, string>): AuthorizationError | undefined {
  const prompts = values.get('prompt')?.split(' ') ?? []
  const known = prompts.every((prompt) => ['none', 'login', 'consent', 'select_account'].includes(prompt))
  if (!known) return refuse('invalid_request', 'The prompt is none of none, login, consent and select_account.')
  if (prompts.includes('none') && prompts.length > 1)
    return refuse('invalid_request', 'prompt=none cannot be combined with another prompt.')
  const maxAge = values.get('max_age')
  if (maxAge !== undefined && !/^\d{1,10}$/.test(maxAge)) return refuse('invalid_request', 'The max_age is not a number of seconds.')
  return undefined
}

function refuse(code: AuthorizationErrorCode, description: string): AuthorizationError {
  return { code, description }
}
