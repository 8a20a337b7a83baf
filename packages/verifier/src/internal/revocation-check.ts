import { ConfigurationError, type VerifiedAccessToken } from '@bailiwick/protocol'
import { AccessTokenError } from '../access-token-error.js'
import type { RevocationOptions } from '../revocation-options.js'
import { withinTime } from './within-time.js'
import { checkNumber, checkOptionNames } from './options.js'

/** @throws {AccessTokenError} `token_revoked`, `revocation_unavailable` */
export type RevocationCheck = (token: VerifiedAccessToken) => void | Promise<void>

/** Calls the application's revocation check. Anything but a boolean is `revocation_unavailable`, and the token is not accepted. */
export function createRevocationCheck(options: RevocationOptions | undefined): RevocationCheck | undefined {
  if (options === undefined) return undefined
  checkOptionNames('revocation', options, ['isRevoked', 'timeoutMs'])
  const { isRevoked } = options
  if (typeof isRevoked !== 'function') throw new ConfigurationError('revocation.isRevoked must be a function')
  const timeoutMs = checkNumber('revocation.timeoutMs', options.timeoutMs ?? 2000, { min: 1, max: 60_000 })

  return (token) => {
    let answer: unknown
    try {
      answer = isRevoked(token)
    } catch (cause) {
      throw unavailable(cause)
    }
    if (typeof answer === 'boolean') return judge(answer)
    return withinTime(Promise.resolve(answer), {
      timeoutMs,
      onTimeout: () => new Error(`isRevoked took longer than ${timeoutMs} ms`),
    }).then(judge, fail)
  }
}

function judge(answer: unknown): void {
  if (answer === false) return
  if (answer === true) throw new AccessTokenError('token_revoked')
  throw unavailable(new TypeError('isRevoked gave neither true nor false'))
}

function fail(cause: unknown): never {
  throw unavailable(cause)
}

function unavailable(cause: unknown): AccessTokenError {
  return new AccessTokenError('revocation_unavailable', { cause, retryAfterSeconds: 1 })
}
