import type { IssuerClient } from '../../client.js'
import { constantTimeEqual } from '../constant-time-equal.js'
import type { Form } from '../http/form.js'
import { OAuthRefusal } from '../http/oauth-refusal.js'
import { parseBasicCredentials } from './basic-credentials.js'

/** How a confidential client can authenticate, by the names of the registry that RFC 7591 §4.2 began. */
export const confidentialClientMethods = ['client_secret_basic', 'client_secret_post'] as const
/** How any client can say which it is. */
export const clientMethods = ['none', ...confidentialClientMethods] as const

/**
 * Tells which client a request comes from, and checks its secret if it has one: by `client_secret_basic`, by
 * `client_secret_post`, or for a public client by `client_id` alone (`none`). One method at a time.
 *
 * @throws {OAuthRefusal} `invalid_client`, or `invalid_request` for more than one method
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-2.3 RFC 6749 §2.3}
 */
export async function authenticateClient(
  request: Request,
  form: Form,
  { clients }: { clients: ReadonlyMap<string, IssuerClient> },
): Promise<IssuerClient> {
  const { clientId, clientSecret } = readCredentials(request.headers.get('authorization'), form)
  const client = clients.get(clientId)
  if (client === undefined) throw new OAuthRefusal('invalid_client', 'No such client is registered.')
  if (client.clientSecret === undefined) {
    if (clientSecret !== undefined) throw new OAuthRefusal('invalid_client', 'This client is public and has no secret to send.')
    return client
  }
  if (clientSecret === undefined) throw new OAuthRefusal('invalid_client', 'This client must authenticate with its secret.')
  if (!(await constantTimeEqual(clientSecret, client.clientSecret))) throw new OAuthRefusal('invalid_client', 'The secret is wrong.')
  return client
}

/**
 * As `authenticateClient`, for what a public client may not do.
 * @throws {OAuthRefusal} `invalid_client` for a public client too
 */
export async function authenticateConfidentialClient(...input: Parameters<typeof authenticateClient>): Promise<IssuerClient> {
  const client = await authenticateClient(...input)
  if (client.clientSecret === undefined) throw new OAuthRefusal('invalid_client', 'Only a client with a secret can do this.')
  return client
}

interface Credentials {
  readonly clientId: string
  readonly clientSecret: string | undefined
}

function readCredentials(header: string | null, form: Form): Credentials {
  if (form.has('client_assertion') || form.has('client_assertion_type')) {
    throw new OAuthRefusal('invalid_client', 'Client assertions are not supported here.')
  }
  const clientId = form.get('client_id')
  const clientSecret = form.get('client_secret')
  if (header === null) {
    if (clientId === undefined) throw new OAuthRefusal('invalid_client', 'The request does not say which client it comes from.')
    return { clientId, clientSecret }
  }
  if (clientSecret !== undefined) {
    throw new OAuthRefusal('invalid_request', 'The client authenticates in the header and in the body; use one of them.')
  }
  const basic = parseBasicCredentials(header)
  if (basic === undefined) throw new OAuthRefusal('invalid_client', 'The Authorization header is not one of client_secret_basic.')
  if (clientId !== undefined && clientId !== basic.clientId) {
    throw new OAuthRefusal('invalid_request', 'The client_id in the body is not the one in the header.')
  }
  return basic
}
