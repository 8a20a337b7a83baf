import { AccessTokenError } from '../../access-token-error.js'

/**
 * Checks the form of a token before it is sent to the server: the characters of access tokens, and not too many.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6750#section-2.1 RFC 6750 §2.1} (`b64token`)
 */
export function checkTokenForm(token: string, maxTokenBytes: number): void {
  if (typeof token !== 'string') throw new AccessTokenError('token_malformed', { detail: 'not a string' })
  if (token.length > maxTokenBytes) throw new AccessTokenError('token_too_large', { detail: `${token.length} characters` })
  if (!/^[\w\-.~+/]+=*$/.test(token)) {
    throw new AccessTokenError('token_malformed', { detail: 'it is empty, or has characters that no access token has' })
  }
}
