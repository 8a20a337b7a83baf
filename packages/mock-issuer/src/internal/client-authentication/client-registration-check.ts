import { clientAuthenticationMethods } from '../../client-authentication-method.js'
import type { ClientAuthenticationMethod } from '../../client-authentication-method.js'
import type { IssuerClient } from '../../client.js'
import { MockIssuerError } from '../../mock-issuer-error.js'
import { parseDistinguishedName } from '../certificates/distinguished-name.js'
import { registeredMethods } from './registered-methods.js'

const secretMethods: ReadonlySet<ClientAuthenticationMethod> = new Set(['client_secret_basic', 'client_secret_post', 'client_secret_jwt'])
const keyMethods: ReadonlySet<ClientAuthenticationMethod> = new Set(['private_key_jwt', 'self_signed_tls_client_auth'])
const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k']

/**
 * Checks how a client of the options is to authenticate.
 *
 * @param place where in the options it stands
 * @throws {MockIssuerError} `invalid_option`
 */
export function checkClientAuthentication(client: IssuerClient, place: string): void {
  const problem = findAuthenticationProblem(client)
  if (problem !== undefined)
    throw new MockIssuerError('invalid_option', `The option "${place}" cannot be used: "${client.clientId}" ${problem}.`)
}

/** What a client cannot authenticate with as it is registered, as the end of a sentence that begins with its name; `undefined` if all is well. */
export function findAuthenticationProblem(client: IssuerClient): string | undefined {
  const { clientSecret, tokenEndpointAuthMethod, tlsClientIdentity, jwks, jwksUri } = client
  const methods = registeredMethods(client)
  const hasKeys = jwks !== undefined || jwksUri !== undefined
  if (!methods.every((method) => clientAuthenticationMethods.includes(method)))
    return `has a tokenEndpointAuthMethod that is none of ${clientAuthenticationMethods.join(', ')}`
  if (methods.some((method) => secretMethods.has(method)) && clientSecret === undefined) return `needs a clientSecret for ${methods.join()}`
  if (tokenEndpointAuthMethod === 'none' && clientSecret !== undefined) return 'has a clientSecret, and the tokenEndpointAuthMethod none'
  // RFC 7518 §3.2: as long as the hash of HS256 at least.
  if (tokenEndpointAuthMethod === 'client_secret_jwt' && (clientSecret ?? '').length < 32)
    return 'needs a clientSecret of 32 characters for client_secret_jwt'
  if (jwks !== undefined && jwksUri !== undefined) return 'has both jwks and jwksUri (RFC 7591 §2)'
  if (methods.some((method) => keyMethods.has(method)) && !hasKeys) return `needs jwks or a jwksUri for ${methods.join()}`
  if (jwks?.keys.some((key) => privateMembers.some((name) => Object.hasOwn(key, name)))) return 'has a private or symmetric key in its jwks'
  if (jwksUri !== undefined && !/^https?:\/\/[^\s#@]+$/.test(jwksUri))
    return 'has a jwksUri that is not an http or https URL without credentials'
  if (tokenEndpointAuthMethod === 'tls_client_auth' && tlsClientIdentity === undefined)
    return 'needs a tlsClientIdentity for tls_client_auth'
  return tlsClientIdentity === undefined ? undefined : findIdentityProblem(tlsClientIdentity)
}

function findIdentityProblem(identity: NonNullable<IssuerClient['tlsClientIdentity']>): string | undefined {
  const entries = Object.entries(identity)
  const [name, value] = entries[0] ?? []
  const known = ['subjectDn', 'sanDns', 'sanUri', 'sanIp', 'sanEmail']
  if (entries.length !== 1 || typeof value !== 'string' || !known.includes(name ?? ''))
    return `needs one of ${known.join(', ')} as its tlsClientIdentity`
  if (name === 'subjectDn' && parseDistinguishedName(value) === undefined) return 'has a subjectDn that is not a name as RFC 4514 writes it'
  // To node:crypto a leading dot would stand for every host below.
  if (name === 'sanDns' && !/^[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*$/.test(value)) return 'has a sanDns that is not the name of one host'
  if (name === 'sanIp' && !/^[\dA-Fa-f:.]+$/.test(value)) return 'has a sanIp that is no IP address'
  return value === '' ? `has an empty ${name}` : undefined
}
