import type { ClientAuthenticationMethod } from '../../client-authentication-method.js'
import type { IssuerClient } from '../../client.js'

type Registration = Pick<IssuerClient, 'clientSecret' | 'tokenEndpointAuthMethod'>

/**
 * The methods that a client may use: the one that it is registered with and no other; without one, `client_secret_basic` and
 * `client_secret_post` for a client with a secret, and `none` for any other.
 */
export function registeredMethods({ clientSecret, tokenEndpointAuthMethod }: Registration): readonly ClientAuthenticationMethod[] {
  if (tokenEndpointAuthMethod !== undefined) return [tokenEndpointAuthMethod]
  return clientSecret === undefined ? ['none'] : ['client_secret_basic', 'client_secret_post']
}

/** Whether a client is public: it can say which it is, and cannot prove it (RFC 6749 §2.1). */
export function isPublicClient(client: Registration): boolean {
  return registeredMethods(client).includes('none')
}
