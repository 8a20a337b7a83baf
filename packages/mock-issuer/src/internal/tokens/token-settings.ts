import { accessTokenFormats } from '../../access-token-format.js'
import type { AccessTokenFormat } from '../../access-token-format.js'
import type { ClaimsProvider } from '../../claims-provider.js'
import type { IssuerClient } from '../../client.js'
import { introspectionDialects } from '../../introspection-dialect.js'
import { MockIssuerError } from '../../mock-issuer-error.js'
import type { MockIssuerOptions } from '../../mock-issuer-options.js'
import { signingAlgorithms } from '../../signing-algorithm.js'
import { readSplitTokenPublication } from '../split/split-token-settings.js'
import type { SplitTokenPublication } from '../split/split-token-settings.js'

/** The options about the form and the claims of tokens. */
export interface TokenSettings {
  readonly accessTokenFormat: AccessTokenFormat
  readonly claimsProvider: ClaimsProvider | undefined
  readonly claimsTimeoutMs: number
  readonly splitTokenPublication: SplitTokenPublication | undefined
}

/**
 * Reads the options about tokens.
 * @throws {MockIssuerError} `invalid_option`
 */
export function readTokenSettings(options: MockIssuerOptions): TokenSettings {
  const { accessTokenFormat = 'jwt', claims, claimsTimeoutMs = 5_000 } = options
  checkOneOf('accessTokenFormat', accessTokenFormat, accessTokenFormats)
  check(claims === undefined || typeof claims === 'function', 'claims', 'a function that returns claims')
  const isTime = Number.isInteger(claimsTimeoutMs) && claimsTimeoutMs > 0
  check(isTime, 'claimsTimeoutMs', 'a positive whole number of milliseconds')
  return { accessTokenFormat, claimsProvider: claims, claimsTimeoutMs, splitTokenPublication: readSplitTokenPublication(options) }
}

/**
 * Checks what a client says about its tokens and about those that it introspects.
 *
 * @param place where in the options the client stands
 * @throws {MockIssuerError} `invalid_option`
 */
export function checkClientTokens(client: IssuerClient, place: string): void {
  const { accessTokenFormat, introspection, introspectionSignedResponseAlg, audience } = client
  const of = (member: string): string => `${place}.${member}`
  if (accessTokenFormat !== undefined) checkOneOf(of('accessTokenFormat'), accessTokenFormat, accessTokenFormats)
  if (introspection !== undefined) checkOneOf(of('introspection'), introspection, Object.keys(introspectionDialects))
  if (introspectionSignedResponseAlg !== undefined) {
    checkOneOf(of('introspectionSignedResponseAlg'), introspectionSignedResponseAlg, signingAlgorithms)
  }
  const listed = typeof audience === 'string' ? [audience] : (audience ?? ['any'])
  check(listed.length > 0 && listed.every((name) => name !== ''), of('audience'), 'a non-empty string or a list of them')
}

function checkOneOf(option: string, value: string, allowed: readonly string[]): void {
  check(allowed.includes(value), option, `one of ${allowed.join(', ')}, not "${value}"`)
}

function check(condition: boolean, option: string, expected: string): void {
  if (!condition) throw new MockIssuerError('invalid_option', `The option "${option}" must be ${expected}.`)
}
