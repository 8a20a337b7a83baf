import type { TokenScheme } from './access-token.js'
import { COMMA, skipSpaces, skipWhitespace, token68End, tokenEnd, trimmedEnd } from './internal/http-syntax.js'
import type { RequestLike } from './request-like.js'

/**
 * What a request presents:
 * - `none`: no access token. If the `Authorization` header carries something else under a well-known scheme, `otherScheme` is that
 *   scheme. Answer with a challenge without `error` (RFC 6750 §3).
 * - `token`: one access token, well-formed but not verified.
 * - `malformed`: answer with 400 `invalid_request`; never treat it as anonymous.
 */
export type Credentials =
  | { readonly kind: 'none'; readonly otherScheme?: string }
  | { readonly kind: 'token'; readonly scheme: TokenScheme; readonly token: string }
  | { readonly kind: 'malformed'; readonly reason: MalformedCredentials }

/**
 * - `header_invalid`: the `Authorization` header is not a scheme, a space and credentials, for example a token without its scheme
 * - `token_missing`: `Bearer` or `DPoP` with nothing after it, or an empty parameter
 * - `token_too_long`: over `maxTokenBytes`
 * - `token_invalid`: characters that no access token may have
 * - `several_tokens`: more than one, or one in two places
 */
export type MalformedCredentials = 'header_invalid' | 'token_missing' | 'token_too_long' | 'token_invalid' | 'several_tokens'

/** Where an access token may be, besides the `Authorization` header, and how long it may be. */
export interface ReadCredentialsOptions {
  /** The longest token, in bytes. A longer one is refused without being read, as is a header of any scheme. Default 16,384. */
  maxTokenBytes?: number | undefined
  /**
   * `query: true` also takes the `access_token` parameter of the URL (RFC 6750 §2.3). Off by default, because URLs end up in
   * logs, histories and `Referer` headers. If you switch it on, answer with `Cache-Control: private`.
   */
  tokenFrom?: { readonly query?: boolean | undefined } | undefined
  /**
   * The `access_token` parameter of a form body, if you accept it there. It is up to you to read the body, and to check the
   * conditions of RFC 6750 §2.2 (form content type, single-part, a method with a body).
   */
  formToken?: string | undefined
}

/**
 * Finds the access token that a request presents, from its `Authorization` header unless told otherwise. The scheme is
 * compared without regard to case (RFC 9110 §11.1); the token must follow its grammar to the letter.
 *
 * Does *not* verify the token. It notices a repeated header only if `headers.get` joins repeated fields, as `RequestLike`
 * requires. It takes time linear in the length of the header, and does not copy it.
 *
 * @example
 * const credentials = readCredentials(new Request('https://api.example.com', { headers: { Authorization: 'Bearer abc' } }))
 * if (credentials.kind === 'token') console.log(credentials.scheme) // Bearer
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6750#section-2 RFC 6750 §2} (Bearer)
 * @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-7.1 RFC 9449 §7.1} (DPoP)
 */
export function readCredentials(request: RequestLike, options: ReadCredentialsOptions = {}): Credentials {
  const maxTokenBytes = options.maxTokenBytes ?? 16_384
  const inHeader = readAuthorization(request.headers.get('authorization'), maxTokenBytes)
  if (options.tokenFrom?.query !== true && options.formToken === undefined) return inHeader

  const parameters = options.tokenFrom?.query === true ? queryTokens(request.url) : []
  if (options.formToken !== undefined) parameters.push(options.formToken)
  const [token, second] = parameters
  if (token === undefined || inHeader.kind === 'malformed') return inHeader
  if (second !== undefined || inHeader.kind === 'token') return malformed('several_tokens')
  return readToken('Bearer', token, 0, token.length, maxTokenBytes)
}

/** Room in the header for the scheme and the spaces around it. */
const MAX_SCHEME_CHARACTERS = 64

function readAuthorization(header: string | null, maxTokenBytes: number): Credentials {
  if (!header) return NONE
  if (!(header.length <= maxTokenBytes + MAX_SCHEME_CHARACTERS)) return malformed('token_too_long')
  const end = trimmedEnd(header)
  if (end === 0) return NONE
  const start = skipWhitespace(header, 0)
  const schemeEnd = tokenEnd(header, start)
  const credentials = skipSpaces(header, schemeEnd)
  const scheme = tokenScheme(header, start, schemeEnd)
  if (scheme === undefined) return readOtherScheme(header, start, schemeEnd, credentials, end)
  if (schemeEnd === end) return malformed('token_missing')
  if (schemeEnd === credentials) return malformed(header.charCodeAt(schemeEnd) === COMMA ? 'several_tokens' : 'header_invalid')
  return readToken(scheme, header, credentials, end, maxTokenBytes)
}

/** Takes `text` from `start` to `end` as one token. */
function readToken(scheme: TokenScheme, text: string, start: number, end: number, maxTokenBytes: number): Credentials {
  if (start >= end) return malformed('token_missing')
  if (!(end - start <= maxTokenBytes)) return malformed('token_too_long')
  const tokenStop = token68End(text, start)
  if (tokenStop === end) return { kind: 'token', scheme, token: text.slice(start, end) }
  return malformed(text.charCodeAt(skipWhitespace(text, tokenStop)) === COMMA ? 'several_tokens' : 'token_invalid')
}

/** Schemes that may be named in a log. Anything else could be a token in the place of a scheme. */
const KNOWN_SCHEMES: ReadonlySet<string> = new Set([
  'apikey',
  'aws4-hmac-sha256',
  'basic',
  'concealed',
  'digest',
  'gnap',
  'hawk',
  'hoba',
  'mutual',
  'negotiate',
  'ntlm',
  'oauth',
  'privatetoken',
  'scram-sha-1',
  'scram-sha-256',
  'token',
  'vapid',
])

/**
 * A header of another scheme is somebody else's, unless it hides a `Bearer` or `DPoP` token behind a comma. A lone word is often a
 * token that lost its scheme: it must not be returned as the name of a scheme, because names of schemes are logged.
 */
function readOtherScheme(header: string, start: number, schemeEnd: number, credentials: number, end: number): Credentials {
  if (schemeEnd === start || credentials === schemeEnd || credentials >= end) return malformed('header_invalid')
  if (hasTokenSchemeAfterComma(header, credentials)) return malformed('several_tokens')
  const otherScheme = header.slice(start, schemeEnd)
  if (!/^[a-z][a-z0-9-]{0,31}$/i.test(otherScheme)) return malformed('header_invalid')
  return KNOWN_SCHEMES.has(otherScheme.toLowerCase()) ? { kind: 'none', otherScheme } : NONE
}

function hasTokenSchemeAfterComma(header: string, from: number): boolean {
  for (let comma = header.indexOf(',', from); comma !== -1; comma = header.indexOf(',', comma + 1)) {
    const start = skipWhitespace(header, comma + 1)
    const end = tokenEnd(header, start)
    const isAlone = end === header.length || skipWhitespace(header, end) > end
    if (isAlone && tokenScheme(header, start, end) !== undefined) return true
  }
  return false
}

function tokenScheme(text: string, start: number, end: number): TokenScheme | undefined {
  if (end - start === 6 && equalsLowerCase(text, start, 'bearer')) return 'Bearer'
  if (end - start === 4 && equalsLowerCase(text, start, 'dpop')) return 'DPoP'
  return undefined
}

/** Compares without making a lower-case copy. */
function equalsLowerCase(text: string, start: number, word: string): boolean {
  for (let at = 0; at < word.length; at++) {
    if ((text.charCodeAt(start + at) | 0x20) !== word.charCodeAt(at)) return false
  }
  return true
}

/** Also finds a name that is percent-encoded, so that a second token cannot hide that way. */
function queryTokens(url: string): string[] {
  const fragment = url.indexOf('#')
  const end = fragment === -1 ? url.length : fragment
  const query = url.indexOf('?')
  return query === -1 || query > end ? [] : new URLSearchParams(url.slice(query + 1, end)).getAll('access_token')
}

const NONE: Credentials = /* @__PURE__ */ Object.freeze({ kind: 'none' })

function malformed(reason: MalformedCredentials): Credentials {
  return { kind: 'malformed', reason }
}
