import { ConfigurationError } from '@bailiwick/protocol'
import { decodeJwt } from 'jose'
import { ClientError } from '../../client-error.js'
import type { StartLoginOptions } from '../../login.js'
import type { TokenSet } from '../../token-set.js'

/** What a login is relied on for. */
export type DemandedAuthentication = Pick<StartLoginOptions, 'acrValues' | 'requireAcr' | 'maxAgeSeconds'>

/** What it takes the user to approve once they have authenticated, and the device to ask again. */
const toleranceSeconds = 30

/**
 * Checks demands as `startLogin` does, before a user is bothered.
 *
 * @throws {ConfigurationError} naming the option and the fix
 */
export function requireDemands({ acrValues = [], requireAcr = false, maxAgeSeconds }: DemandedAuthentication): void {
  if (requireAcr && acrValues.length === 0) throw new ConfigurationError('requireAcr needs acrValues: list those that will do.')
  if (maxAgeSeconds !== undefined && !(Number.isSafeInteger(maxAgeSeconds) && maxAgeSeconds >= 0)) {
    throw new ConfigurationError('maxAgeSeconds must be a whole number of seconds, 0 or more.')
  }
}

/**
 * Finds what a login on another device falls short of. A device cannot ask for a stronger or more recent login (RFC 8628 §3.1 has no parameter for it), so
 * it is seen in the ID token alone, which has been verified: in its `acr`, and in how long its `auth_time` was ago when it was issued, by the server's clock.
 * A server that does not tell has not shown it.
 *
 * @returns the shortcoming; `undefined` for none
 */
export function findShortcoming({ idToken }: TokenSet<unknown>, demanded: DemandedAuthentication): ClientError | undefined {
  const { acrValues = [], requireAcr = false, maxAgeSeconds } = demanded
  if (!requireAcr && maxAgeSeconds === undefined) return undefined
  if (idToken === undefined)
    return shortcoming('maxAgeSeconds and requireAcr are checked in the ID token, and there is none: ask for openid.')
  const { acr, auth_time: authenticatedAt, iat } = decodeJwt(idToken)
  if (requireAcr && !(typeof acr === 'string' && acrValues.includes(acr))) {
    return shortcoming('The acr of the ID token is none of those that were required, and a login on another device cannot ask for one.')
  }
  if (maxAgeSeconds === undefined) return undefined
  if (typeof authenticatedAt !== 'number' || iat === undefined) {
    return shortcoming(
      'The ID token does not say when the user authenticated (auth_time), and a login on another device cannot ask for it.',
    )
  }
  return iat - authenticatedAt <= maxAgeSeconds + toleranceSeconds
    ? undefined
    : shortcoming('The user authenticated longer ago than maxAgeSeconds, and a login on another device cannot ask them to do so again.')
}

function shortcoming(message: string): ClientError {
  return new ClientError('response_invalid', message)
}
