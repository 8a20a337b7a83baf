import type { LoginTransaction } from './transaction.js'

/** Long enough for any code; beyond that nothing is looked at. */
const longest = 16_384

/** What a response has once, if at all (RFC 6749 §3.1). Others may be those of the redirect URI itself. */
const single = ['code', 'state', 'iss', 'error', 'error_description', 'error_uri', 'session_state']

/** A login by the code flow has no use for them, whoever put them there (RFC 9700 §2.1.2). */
const ofOtherFlows = ['response', 'access_token', 'token_type', 'id_token', 'token', 'expires_in']

/**
 * Reads the parameters of a callback, which anybody can have made up: each once, none of another flow, a code or an error, and characters that
 * those can have.
 *
 * @returns `undefined` for what is no response to a code flow
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2 RFC 6749 §4.1.2}, appendix A.11, A.7
 */
export function readCallback(callback: string | URL | URLSearchParams): URLSearchParams | undefined {
  const query = callback instanceof URL ? callback.search : callback.toString()
  if (query.length > longest) return undefined
  const parameters = new URLSearchParams(queryOf(query))
  if (single.some((name) => parameters.getAll(name).length > 1)) return undefined
  if (ofOtherFlows.some((name) => parameters.has(name))) return undefined
  const code = parameters.get('code')
  const error = parameters.get('error')
  if (code === null ? error === null : error !== null) return undefined
  return /^[ -~]+$/.test(code ?? error ?? '') ? parameters : undefined
}

/** An absolute URL or a path has a query or none; anything else is one. */
function queryOf(text: string): string {
  const isUrl = /^(\/|[a-z][a-z\d+.-]*:)/i.test(text)
  if (!isUrl && !text.startsWith('?')) return text
  const [withoutFragment = ''] = text.split('#', 1)
  const start = withoutFragment.indexOf('?')
  return start === -1 ? '' : withoutFragment.slice(start + 1)
}

/** Whether the callback belongs to this attempt (RFC 9700 §4.7.1). */
export function hasState(callback: URLSearchParams, { state }: LoginTransaction): boolean {
  return callback.get('state') === state
}

/**
 * Whether the callback comes from the issuer that was asked: one that is named is compared as a string, and one that always names itself has to.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9207#section-2.4 RFC 9207 §2.4}
 */
export function hasIssuer(callback: URLSearchParams, issuer: string, isAlwaysNamed: boolean): boolean {
  const named = callback.get('iss')
  return named === null ? !isAlwaysNamed : named === issuer
}
