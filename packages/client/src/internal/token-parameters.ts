import { ConfigurationError } from '@bailiwick/protocol'
import type { TokenRequestOptions } from '../token-request.js'
import { requireKnownOptions } from './known-options.js'
import { requireScope } from './scope-option.js'

/** What the client says itself, so that nobody overwrites it with a parameter of their own. */
const reserved = new Set([
  'grant_type',
  'client_id',
  'client_secret',
  'client_assertion',
  'client_assertion_type',
  'code',
  'code_verifier',
  'redirect_uri',
  'refresh_token',
  'assertion',
  'subject_token',
  'actor_token',
  'device_code',
])

const known = ['scope', 'resource', 'audience', 'authorizationDetails', 'parameters', 'signal']

/**
 * The parameters of a request for tokens that its caller chooses.
 *
 * @param others what the caller may say besides, which the grant itself sends
 * @throws {ConfigurationError} for one that the client sets itself, an option that there is not, and a scope that is none
 */
export function tokenParameters(options: TokenRequestOptions, others: readonly string[] = []): URLSearchParams {
  requireKnownOptions(options, [...known, ...others])
  const { scope, resource, audience, authorizationDetails, parameters = {} } = options
  const form = new URLSearchParams()
  if (scope !== undefined) form.set('scope', requireScope(scope).join(' '))
  for (const each of typeof resource === 'string' ? [resource] : (resource ?? [])) form.append('resource', each)
  if (audience !== undefined) form.set('audience', audience)
  if (authorizationDetails !== undefined) form.set('authorization_details', JSON.stringify(authorizationDetails))
  for (const [name, value] of Object.entries(parameters)) {
    if (reserved.has(name) || form.has(name)) throw new ConfigurationError(`parameters.${name} is set by the client itself: leave it out.`)
    form.set(name, value)
  }
  return form
}
