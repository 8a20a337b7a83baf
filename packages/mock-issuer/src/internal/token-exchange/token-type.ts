import { requiredParameter } from '../http/form.js'
import type { Form } from '../http/form.js'
import { OAuthRefusal } from '../http/oauth-refusal.js'

const prefix = 'urn:ietf:params:oauth:token-type:'

/** The types of tokens that can be exchanged (RFC 8693 §3), by the ends of their names. */
export type ExchangedTokenType = 'access_token' | 'jwt' | 'id_token'

/** The types that can be asked for. Both are access tokens; `jwt` says that the client relies on the form. */
export type IssuedTokenType = 'access_token' | 'jwt'

/** The identifier of a token type (RFC 8693 §3). */
export function tokenTypeIdentifier(type: IssuedTokenType): string {
  return prefix + type
}

/**
 * Reads the type of a token that is to be exchanged.
 * @throws {OAuthRefusal} `invalid_request` for a type that is missing, unknown, or a refresh token: that would outlive what was shared
 */
export function readTokenType(form: Form, name: 'subject_token_type' | 'actor_token_type'): ExchangedTokenType {
  const type = requiredParameter(form, name)
  const found = (['access_token', 'jwt', 'id_token'] as const).find((known) => type === prefix + known)
  if (found === undefined) throw new OAuthRefusal('invalid_request', `The ${name} is none of access_token, jwt and id_token.`)
  return found
}

/**
 * Reads what is asked for. Default: an access token.
 * @throws {OAuthRefusal} `invalid_request`
 */
export function readRequestedTokenType(form: Form): IssuedTokenType {
  const type = form.get('requested_token_type')
  if (type === undefined) return 'access_token'
  const found = (['access_token', 'jwt'] as const).find((known) => type === prefix + known)
  if (found === undefined) throw new OAuthRefusal('invalid_request', 'The requested_token_type is none of access_token and jwt.')
  return found
}
