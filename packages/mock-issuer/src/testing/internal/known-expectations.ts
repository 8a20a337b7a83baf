import { MockIssuerError } from '../../mock-issuer-error.js'

/**
 * Refuses an expectation that nothing looks at: a slip would pass unnoticed.
 * @throws {MockIssuerError} `invalid_option`
 */
export function refuseUnknown(expected: object, known: readonly string[]): void {
  const unknown = Object.keys(expected).find((name) => !known.includes(name))
  if (unknown === undefined) return
  throw new MockIssuerError('invalid_option', `There is no expectation "${unknown}"; there are ${known.join(', ')}.`)
}
