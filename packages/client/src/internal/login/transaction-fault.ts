import { isAttemptRedirectUri } from '../attempt-redirect-uri.js'
import type { ClientSettings } from '../client-settings.js'
import { showText } from '../shown-text.js'
import { type LoginTransaction, longestTransaction } from './transaction.js'

/** Why a text that was kept is no transaction. Nothing of the text is told: it may hold the secrets of an attempt. */
export function explainNoTransaction(text: string): string {
  if (typeof text !== 'string') return 'The transaction is no text: give it as startLogin made it.'
  if (text.trim() === '') return 'The transaction is an empty text: give undefined where nothing was kept.'
  if (text.length > longestTransaction || isJson(text))
    return 'The transaction is not as startLogin made it: it was edited, cut, or is something else that was kept.'
  const hint = /%[\da-f]{2}/i.test(text) ? 'still URL-encoded?' : 'cut, or still sealed?'
  return `The transaction is no JSON: ${hint} Give it as startLogin made it.`
}

/**
 * Whose transaction it is, if not this client's. One of another client must not get this one's answer, nor the other way round.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9700#section-4.4.2 RFC 9700 §4.4.2}
 */
export function findForeignTransaction(
  settings: Pick<ClientSettings<unknown>, 'issuer' | 'clientId' | 'redirectUri'>,
  { issuer, clientId, redirectUri }: LoginTransaction,
): string | undefined {
  if (issuer !== settings.issuer) return foreign('issuer', issuer, settings.issuer)
  if (clientId !== settings.clientId) return foreign('clientId', clientId, settings.clientId)
  return isAttemptRedirectUri(settings.redirectUri, redirectUri) ? undefined : foreign('redirectUri', redirectUri, settings.redirectUri)
}

function foreign(name: string, its: string, ours: string | undefined): string {
  return `The transaction is of the ${name} "${showText(its)}", the client has ${ours === undefined ? 'none' : `"${ours}"`}.`
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
