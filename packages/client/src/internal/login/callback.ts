import { showText } from '../shown-text.js'
import type { LoginTransaction } from './transaction.js'

/** Long enough for any code; beyond that nothing is looked at. */
const longest = 16_384

/** What a response has once, if at all (RFC 6749 §3.1). Others may be those of the redirect URI itself. */
const single = ['code', 'state', 'iss', 'error', 'error_description', 'error_uri', 'session_state']

/** A login by the code flow has no use for them, whoever put them there (RFC 9700 §2.1.2). */
const ofOtherFlows = ['response', 'access_token', 'token_type', 'id_token', 'token', 'expires_in']

/** The parameters, or why there are none to be used. */
export type ReadCallback = { readonly parameters: URLSearchParams } | { readonly fault: string }

/**
 * Reads the parameters of a callback, which anybody can have made up: each once, none of another flow, a code or an error, and characters that
 * those can have.
 *
 * @returns for what is no response to a code flow, what is wrong with it, without any value
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2 RFC 6749 §4.1.2}, appendix A.11, A.7
 */
export function readCallback(callback: string | URL | URLSearchParams): ReadCallback {
  const query = callback instanceof URL ? callback.search : callback.toString()
  if (query.length > longest) return { fault: 'The callback is longer than 16,384 characters.' }
  const parameters = new URLSearchParams(queryOf(query))
  const fault = findFault(parameters)
  return fault === undefined ? { parameters } : { fault }
}

function findFault(parameters: URLSearchParams): string | undefined {
  const repeated = single.find((name) => parameters.getAll(name).length > 1)
  if (repeated !== undefined) return `The callback has the parameter ${repeated} more than once.`
  const foreign = ofOtherFlows.find((name) => parameters.has(name))
  if (foreign !== undefined) return `The callback has the parameter ${foreign}, which the code flow does not have.`
  const code = parameters.get('code')
  const error = parameters.get('error')
  if (code !== null && error !== null) return 'The callback has both a code and an error.'
  const name = code === null ? 'error' : 'code'
  const value = code ?? error
  if (value === null) {
    return 'The callback has neither a code nor an error: give the URL that the browser came back with, query included, or the form of a form_post.'
  }
  return /^[ -~]+$/.test(value) ? undefined : `The ${name} of the callback is empty, or has characters that it cannot have.`
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
export function findStateFault(callback: URLSearchParams, { state }: LoginTransaction): string | undefined {
  const came = callback.get('state')
  if (came === state) return undefined
  const what = came === null ? 'no state' : 'another state than the transaction'
  return `The callback has ${what}: it is of another attempt, or forged. Keep each transaction under its own state.`
}

/**
 * Whether the callback comes from the issuer that was asked: one that is named is compared as a string, and one that always names itself has to.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9207#section-2.4 RFC 9207 §2.4}
 */
export function findIssuerFault(callback: URLSearchParams, issuer: string, isAlwaysNamed: boolean): string | undefined {
  const named = callback.get('iss')
  if (named !== null)
    return named === issuer ? undefined : `The callback is of the issuer "${showText(named)}", the client's is "${issuer}".`
  return isAlwaysNamed ? `The callback names no issuer, though ${issuer} always does, by its metadata.` : undefined
}
