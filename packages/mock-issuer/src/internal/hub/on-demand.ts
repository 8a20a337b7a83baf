import { MockIssuerError } from '../../mock-issuer-error.js'

const defaultMaxIssuers = 100
const ceiling = 10_000

/**
 * Reads the option `onDemand`: how many issuers requests may make; zero for none.
 * @throws {MockIssuerError} `invalid_option`
 */
export function readMaxOnDemandIssuers(option: boolean | { readonly maxIssuers: number }): number {
  if (typeof option === 'boolean') return option ? defaultMaxIssuers : 0
  const { maxIssuers } = option
  if (Number.isInteger(maxIssuers) && maxIssuers > 0 && maxIssuers <= ceiling) return maxIssuers
  throw new MockIssuerError(
    'invalid_option',
    `The option "onDemand.maxIssuers" must be a whole number from 1 to ${ceiling}, not ${String(maxIssuers)}.`,
  )
}
