import { MockIssuerError } from '../../mock-issuer-error.js'
import type { MockIssuerOptions } from '../../mock-issuer-options.js'
import { isResourceIndicator } from '../resource/resource-indicator.js'
import type { TokenTargetSettings } from '../resource/token-target.js'

/** The options about authorization requests and registration, with their defaults, checked. */
export interface AuthorizationSettings extends TokenTargetSettings {
  readonly requirePushedAuthorizationRequests: boolean
  readonly initialAccessToken: string | undefined
}

/**
 * Reads these options.
 * @throws {MockIssuerError} `invalid_option`, with the option and the fix
 */
export function readAuthorizationSettings(options: MockIssuerOptions, audience: string | readonly string[]): AuthorizationSettings {
  const { resources, authorizationDetailsTypes: types, initialAccessToken: token } = options
  check(resources === undefined || resources.every(isResourceIndicator), 'resources', 'a list of absolute URIs without a fragment')
  check(types === undefined || !types.includes(''), 'authorizationDetailsTypes', 'a list of names that are not empty')
  check(token === undefined || /^[A-Za-z0-9._~+/-]+=*$/.test(token), 'initialAccessToken', 'made of the characters of a bearer token')
  const lax = new Set(options.lax)
  return {
    requirePushedAuthorizationRequests: options.requirePushedAuthorizationRequests ?? false,
    // RFC 8707 §2: a resource that is unknown is an invalid_target. What tokens are for without one is known, where it is a URI.
    allowedResources: lax.has('resource-unchecked') ? undefined : new Set(resources ?? [audience].flat().filter(isResourceIndicator)),
    // RFC 9396 §5: a type that is unknown must be refused, and what is not listed is unknown.
    authorizationDetailsTypes: lax.has('authorization-details-type-unchecked') ? undefined : new Set(types),
    initialAccessToken: token,
  }
}

function check(condition: boolean, option: string, expected: string): void {
  if (!condition) throw new MockIssuerError('invalid_option', `The option "${option}" must be ${expected}.`)
}
