import { ConfigurationError } from './error.js'
import { parseSecureUrl } from './secure-url.js'

/**
 * Checks an issuer identifier as it stands in a configuration: an `https` URL (`http` on loopback), no query, no fragment,
 * no user information. Use the result to build URLs from, and the *text* to compare issuers: parsing may add a slash or
 * change case, and issuers are equal only character by character.
 *
 * @throws {ConfigurationError} saying what is wrong with it
 * @see {@link https://www.rfc-editor.org/rfc/rfc8414#section-2 RFC 8414 §2}
 */
export function parseIssuer(issuer: string): URL {
  const url = typeof issuer === 'string' ? parseSecureUrl(issuer) : undefined
  if (url === undefined) {
    throw new ConfigurationError(
      'issuer must be an absolute https URL without user information, such as "https://login.example.com" (http only on loopback).',
    )
  }
  if (issuer.includes('?') || issuer.includes('#')) {
    throw new ConfigurationError(
      'issuer must have neither a query nor a fragment: take the "iss" claim of a token, or the "issuer" of the metadata.',
    )
  }
  return url
}
