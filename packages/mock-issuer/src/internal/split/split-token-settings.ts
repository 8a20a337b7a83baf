import { MockIssuerError } from '../../mock-issuer-error.js'
import type { MockIssuerOptions } from '../../mock-issuer-options.js'

/** Where and how split tokens are published besides the issuer's own list. */
export interface SplitTokenPublication {
  readonly url: string
  /** `undefined` for the token's own. */
  readonly clientId: string | undefined
  readonly headers: Readonly<Record<string, string>>
  readonly timeoutMs: number
  readonly fetch: NonNullable<MockIssuerOptions['fetch']>
}

/**
 * Reads the option `splitTokens`; `undefined` means that nothing is pushed anywhere.
 * @throws {MockIssuerError} `invalid_option`
 */
export function readSplitTokenPublication({ splitTokens, fetch }: MockIssuerOptions): SplitTokenPublication | undefined {
  if (splitTokens === undefined) return undefined
  const { publishTo, clientId, headers = {}, timeoutMs = 2_000 } = splitTokens
  check(isHttpUrl(publishTo), 'publishTo', 'an http or https URL without credentials and fragment')
  check(clientId === undefined || /^[\x20-\x7e]{1,256}$/.test(clientId), 'clientId', '1 to 256 printable ASCII characters')
  check(Number.isInteger(timeoutMs) && timeoutMs > 0, 'timeoutMs', 'a positive whole number of milliseconds')
  check(canBeSent(headers), 'headers', 'an object of header names and values that can be sent')
  // Looked up at each call, so that a global fetch that a test replaces later on counts.
  return { url: publishTo, clientId, headers, timeoutMs, fetch: fetch ?? ((input, init) => globalThis.fetch(input, init)) }
}

function check(condition: boolean, member: string, expected: string): void {
  if (!condition) throw new MockIssuerError('invalid_option', `The option "splitTokens.${member}" must be ${expected}.`)
}

function isHttpUrl(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, username, password, hash } = new URL(text)
  return /^https?:$/.test(protocol) && username + password + hash === ''
}

function canBeSent(headers: Readonly<Record<string, string>>): boolean {
  try {
    return new Headers(headers) instanceof Headers
  } catch {
    return false
  }
}
