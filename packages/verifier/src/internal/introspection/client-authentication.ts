import type { IntrospectionClientAuthentication } from '../../introspection-client-options.js'
import { type ClientAssertionInput, createClientAssertion } from './client-assertion.js'

/** The credentials of the client, as added to a request. */
export interface ClientProof {
  /** Additional form parameters. */
  readonly parameters: Readonly<Record<string, string>>
  readonly headers: Readonly<Record<string, string>>
}

/** Makes the credentials for one request. */
export type AuthenticateClient = () => ClientProof | Promise<ClientProof>

export interface ClientAuthenticationInput extends ClientAssertionInput {
  readonly authentication: IntrospectionClientAuthentication
}

/**
 * The client authentication of this API.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-2.3 RFC 6749 §2.3}
 * @see {@link https://www.rfc-editor.org/rfc/rfc7662#section-2.1 RFC 7662 §2.1}
 */
export function createClientAuthentication(input: ClientAuthenticationInput): AuthenticateClient {
  const { clientId, authentication } = input
  const { method } = authentication
  if (method === 'client_secret_basic') {
    const credentials = btoa(`${formEncode(clientId)}:${formEncode(authentication.clientSecret)}`)
    return always({}, { authorization: `Basic ${credentials}` })
  }
  if (method === 'client_secret_post') return always({ client_id: clientId, client_secret: authentication.clientSecret })
  if (method === 'private_key_jwt') return withAssertion(clientId, createClientAssertion(authentication, input))
  // The server knows the client by its connection; the id tells which one is meant.
  return always({ client_id: clientId })
}

function always(parameters: ClientProof['parameters'], headers: ClientProof['headers'] = {}): AuthenticateClient {
  return () => ({ parameters, headers })
}

function withAssertion(clientId: string, createAssertion: () => Promise<string>): AuthenticateClient {
  return async () => ({
    parameters: {
      client_id: clientId,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: await createAssertion(),
    },
    headers: {},
  })
}

/**
 * Form-encodes each half of the credentials before they are joined, so that a colon in one half does not move the separator.
 * Characters that need no encoding are left alone, since some servers do not decode.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1 RFC 6749 §2.3.1} and appendix B
 */
function formEncode(text: string): string {
  return new URLSearchParams([['', text]]).toString().slice(1)
}
