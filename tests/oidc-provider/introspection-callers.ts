import type { IntrospectionClientOptions } from '@bailiwick/verifier'
import type { Clients } from './clients.js'

/** The orders API as a client of the authorization server, by the method with which it authenticates over `http`. */
export const ordersCallers = {
  client_secret_basic: ({ ordersBasic }: Clients) => withSecret('client_secret_basic', ordersBasic),
  client_secret_post: ({ ordersPost }: Clients) => withSecret('client_secret_post', ordersPost),
  private_key_jwt: ({ ordersKey: { id, privateKey } }: Clients): IntrospectionClientOptions => ({
    clientId: id,
    authentication: { method: 'private_key_jwt', privateKey },
  }),
}

/** A client that authenticates with a secret. */
export function withSecret(
  method: 'client_secret_basic' | 'client_secret_post',
  { id, secret }: { id: string; secret: string },
): IntrospectionClientOptions {
  return { clientId: id, authentication: { method, clientSecret: secret } }
}
