import type { ClientAuthenticationMethod } from '../../client-authentication-method.js'
import { asymmetricAlgorithms } from '../dpop/asymmetric-algorithms.js'

/** The algorithms of `client_secret_jwt`. */
export const secretAlgorithms: readonly string[] = ['HS256', 'HS384', 'HS512']

/** The methods of clients that prove which they are. */
const confidentialMethods: readonly ClientAuthenticationMethod[] = [
  'client_secret_basic',
  'client_secret_post',
  'client_secret_jwt',
  'private_key_jwt',
]
const tlsMethods: readonly ClientAuthenticationMethod[] = ['tls_client_auth', 'self_signed_tls_client_auth']

/**
 * What an endpoint adds to the metadata about client authentication (RFC 8414 §2). An issuer by the name of `http:` has no TLS, so it
 * does not offer what needs it.
 *
 * @param endpoint the endpoint, as the metadata names it
 * @param url its URL
 * @param clients whether public clients may call it too
 */
export function clientAuthenticationMetadata(
  endpoint: 'token_endpoint' | 'introspection_endpoint' | 'revocation_endpoint',
  url: string,
  clients: 'any' | 'confidential',
): Readonly<Record<string, unknown>> {
  const methods = [...(clients === 'any' ? ['none'] : []), ...confidentialMethods, ...(url.startsWith('https:') ? tlsMethods : [])]
  return {
    [`${endpoint}_auth_methods_supported`]: methods,
    [`${endpoint}_auth_signing_alg_values_supported`]: [...asymmetricAlgorithms, ...secretAlgorithms],
  }
}
