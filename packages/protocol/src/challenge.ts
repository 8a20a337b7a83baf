import { ConfigurationError } from './error.js'
import { tokenEnd } from './internal/http-syntax.js'

/** A challenge to be sent. */
export interface ChallengeInput {
  /** For example `Bearer`. */
  scheme: string
  /** Written in this order; one that is `undefined` is left out. */
  params: Readonly<Record<string, string | number | undefined>>
}

/**
 * Writes the value of `WWW-Authenticate`: one challenge, or several joined by commas. Parameter values are quoted.
 *
 * Nothing can break out of the header: a parameter is left out if its *value* has a character that a header cannot carry (control
 * characters, anything outside ASCII), or is a number that is not finite. It does not throw for these, because values may come from
 * what a client sent, and a challenge must not turn into a server error. Does *not* check what the parameters of a scheme mean.
 *
 * @example
 * formatChallenge({ scheme: 'Bearer', params: { error: 'insufficient_scope', scope: 'orders_read' } })
 * // Bearer error="insufficient_scope", scope="orders_read"
 *
 * @throws {ConfigurationError} a scheme or a parameter *name* that is not a token
 * @see {@link https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1 RFC 9110 §11.6.1}
 * @see {@link https://www.rfc-editor.org/rfc/rfc6750#section-3 RFC 6750 §3}
 */
export function formatChallenge(challenges: ChallengeInput | readonly ChallengeInput[]): string {
  return isList(challenges) ? challenges.map(formatOne).join(', ') : formatOne(challenges)
}

function formatOne({ scheme, params }: ChallengeInput): string {
  const formatted = Object.entries(params).flatMap(([name, value]) => {
    const quoted = value === undefined ? undefined : quote(value)
    return quoted === undefined ? [] : [`${token(name)}=${quoted}`]
  })
  return formatted.length === 0 ? token(scheme) : `${token(scheme)} ${formatted.join(', ')}`
}

function quote(value: string | number): string | undefined {
  if (typeof value === 'number' && !Number.isFinite(value)) return undefined
  const text = String(value)
  return /[^ -~]/.test(text) ? undefined : `"${text.replace(/["\\]/g, '\\$&')}"`
}

function token(text: string): string {
  if (text === '' || tokenEnd(text, 0) !== text.length) {
    throw new ConfigurationError(
      `${JSON.stringify(text)} cannot name a scheme or a parameter of a challenge: use letters, digits, "-" and "_".`,
    )
  }
  return text
}

function isList(challenges: ChallengeInput | readonly ChallengeInput[]): challenges is readonly ChallengeInput[] {
  return Array.isArray(challenges)
}
