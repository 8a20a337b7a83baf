import { ConfigurationError } from '@bailiwick/protocol'
import { AuthorizationResponseError, ResponseBodyError, WWWAuthenticateChallengeError } from 'oauth4webapi'
import { ClientError, type OAuthError } from '../client-error.js'
import { hideSecrets } from './sent-secrets.js'

const longestDescription = 500

/**
 * What a failed request to the server means. A `ClientError` stays what it is.
 *
 * @throws {ConfigurationError} if that is what it is: a key that cannot sign is no fault of the server's
 */
export function asClientError(cause: unknown): ClientError {
  if (cause instanceof ConfigurationError) throw cause
  if (cause instanceof ClientError) return cause
  if (cause instanceof ResponseBodyError || cause instanceof AuthorizationResponseError) {
    const status = cause instanceof ResponseBodyError ? cause.status : undefined
    const response = cause instanceof ResponseBodyError ? cause.response : undefined
    return refusal(readOAuthError(cause.error, cause.error_description, { status, response }))
  }
  if (cause instanceof WWWAuthenticateChallengeError) {
    const { scheme, parameters } = cause.cause[0] ?? {}
    // Without an error it is what the scheme is for that was refused: the token that was shown, or the client.
    const unsaid = scheme === 'bearer' || scheme === 'dpop' ? 'invalid_token' : 'invalid_client'
    const { status, response } = cause
    return refusal(readOAuthError(parameters?.error ?? unsaid, parameters?.error_description, { status, response }))
  }
  // The cause may hold the server's answer, tokens and all: its message is kept, and its code.
  const detail = cause instanceof Error ? cause.message : 'the request failed'
  return new ClientError('response_invalid', `The answer of the authorization server cannot be used: ${detail}`)
}

/** Where an error was read: its status, and the answer that it was in, by which is known what was sent. */
export interface ErrorSource {
  readonly status?: number | undefined
  readonly response?: Response | undefined
}

/** Makes an OAuth error of what a server wrote: without the secrets that were sent, limited to the characters that RFC 6749 §5.2 allows and to a length. */
export function readOAuthError(error: string, description: string | undefined, { status, response }: ErrorSource = {}): OAuthError {
  const allowed = (text: string) =>
    hideSecrets(text, response)
      .replaceAll(/[^\x20-\x21\x23-\x5b\x5d-\x7e]/g, '?')
      .slice(0, longestDescription)
  return { error: allowed(error), ...(description !== undefined && { description: allowed(description) }), ...(status && { status }) }
}

function refusal(oauthError: OAuthError): ClientError {
  const { error } = oauthError
  if (error === 'temporarily_unavailable' || error === 'server_error') {
    return new ClientError('server_unavailable', `The authorization server says ${error}.`, { oauthError, retryAfterSeconds: 5 })
  }
  // The description is in oauthError alone: what a server writes there may be about a person.
  return new ClientError('request_refused', `The authorization server refuses: ${error}.`, { oauthError })
}
