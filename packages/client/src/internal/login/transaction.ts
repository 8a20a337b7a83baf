import { ConfigurationError, isJsonObject, parseJson } from '@bailiwick/protocol'
import { parseReturnTo } from '../return-to.js'

/** What one attempt to log in keeps until the browser comes back: what the callback, and the tokens, are measured by. */
export interface LoginTransaction {
  /** Whose login it is: a callback is never taken to another issuer or client, nor to another redirect URI (RFC 9700 §4.4.2). */
  readonly issuer: string
  readonly clientId: string
  readonly redirectUri: string
  readonly state: string
  readonly codeVerifier: string
  /** Only if an ID token was asked for; then there has to be one. */
  readonly nonce?: string | undefined
  readonly scope: string
  readonly maxAgeSeconds?: number | undefined
  /** Only if the `acr` has to be one of them. */
  readonly requiredAcr?: readonly string[] | undefined
  /** The key that the code is bound to (RFC 9449 §10). */
  readonly keyThumbprint?: string | undefined
  readonly returnTo: string
  readonly appState?: string | undefined
  /** Seconds since the epoch. */
  readonly expiresAt: number
}

/** What can be in one at most, some of it escaped, and room for a long scope. */
export const longestTransaction = 32_768
const texts = ['issuer', 'clientId', 'redirectUri', 'state', 'codeVerifier', 'scope', 'returnTo'] as const
const optionalTexts = ['nonce', 'keyThumbprint', 'appState'] as const

/**
 * Writes it as text.
 *
 * @throws {ConfigurationError} if it would not be read again
 */
export function formatTransaction(transaction: LoginTransaction): string {
  const text = JSON.stringify(transaction)
  if (text.length <= longestTransaction) return text
  throw new ConfigurationError('the transaction of this login is longer than 32,768 characters: ask for fewer scopes and acrValues.')
}

/**
 * Reads what was kept, which may have been edited: every member has its form, the secrets their strength, and `returnTo` is as safe as it was.
 *
 * @returns `undefined` for what is no transaction
 */
export function parseTransaction(text: string): LoginTransaction | undefined {
  const value = typeof text === 'string' && text.length <= longestTransaction ? readObject(text) : undefined
  if (value === undefined || texts.some((name) => typeof value[name] !== 'string')) return undefined
  if (optionalTexts.some((name) => value[name] !== undefined && typeof value[name] !== 'string')) return undefined
  const transaction = value as Record<string, unknown> & LoginTransaction
  const { state, codeVerifier, nonce, maxAgeSeconds, requiredAcr, expiresAt } = transaction
  const returnTo = parseReturnTo(transaction.returnTo)
  const isWhole =
    isSecret(state) &&
    isSecret(codeVerifier) &&
    (nonce === undefined || isSecret(nonce)) &&
    Number.isSafeInteger(expiresAt) &&
    (maxAgeSeconds === undefined || Number.isSafeInteger(maxAgeSeconds)) &&
    (requiredAcr === undefined || (Array.isArray(requiredAcr) && requiredAcr.every((acr) => typeof acr === 'string')))
  return isWhole && returnTo !== undefined ? { ...transaction, returnTo } : undefined
}

/** 256 bits in base64url, as `startLogin` makes them (RFC 7636 §4.1). */
function isSecret(text: string): boolean {
  return /^[\w-]{43}$/.test(text)
}

function readObject(text: string): Record<string, unknown> | undefined {
  try {
    const value = parseJson(text, { maxDepth: 2 })
    return isJsonObject(value) ? value : undefined
  } catch {
    return undefined
  }
}
