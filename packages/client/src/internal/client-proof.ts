import {
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretJwt,
  ClientSecretPost,
  modifyAssertion,
  None,
  PrivateKeyJwt,
  TlsClientAuth,
} from 'oauth4webapi'
import type { ClientAuthentication } from '../client-authentication.js'
import type { ServerClock } from './server-clock.js'
import { createSigningKey } from './signing-key.js'

const assertionSeconds = 60

/**
 * How the client proves who it is, in the form that oauth4webapi takes. Assertions are dated by the server's clock.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-2.3 RFC 6749 §2.3}
 * @see {@link https://www.rfc-editor.org/rfc/rfc7523#section-3 RFC 7523 §3}
 */
export function createClientProof(authentication: ClientAuthentication, clock: ServerClock): ClientAuth {
  const dated = {
    [modifyAssertion](_header: unknown, payload: Record<string, unknown>) {
      const now = clock.serverSeconds()
      Object.assign(payload, { iat: now, nbf: now, exp: now + assertionSeconds })
    },
  }
  switch (authentication.method) {
    case 'client_secret_basic':
      return ClientSecretBasic(authentication.clientSecret)
    case 'client_secret_post':
      return ClientSecretPost(authentication.clientSecret)
    case 'client_secret_jwt':
      return ClientSecretJwt(authentication.clientSecret, dated)
    case 'private_key_jwt': {
      const key = createSigningKey('authentication.privateKey', authentication)
      return async (...request) => PrivateKeyJwt(await key(), dated)(...request)
    }
    case 'none':
      return None()
    case 'tls_client_auth':
    case 'self_signed_tls_client_auth':
      break
  }
  return TlsClientAuth()
}
