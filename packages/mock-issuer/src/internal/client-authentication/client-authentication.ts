import type { ClientAuthenticationMethod } from '../../client-authentication-method.js'
import type { IssuerClient } from '../../client.js'
import type { Laxity } from '../../laxity.js'
import { unknownClientAdvice } from '../advice/client-advice.js'
import { presentedCertificate } from '../certificates/client-certificate.js'
import { constantTimeEqual } from '../constant-time-equal.js'
import type { Form } from '../http/form.js'
import { OAuthRefusal } from '../http/oauth-refusal.js'
import { checkRegisteredCertificate, checkTrustedCertificate } from './certificate-authentication.js'
import { verifyClientAssertion } from './client-assertion.js'
import type { ClientAssertionInput } from './client-assertion.js'
import { readPresentedCredentials } from './presented-credentials.js'
import type { PresentedCredentials } from './presented-credentials.js'
import { isPublicClient, registeredMethods } from './registered-methods.js'

/** What clients are told by. */
export interface ClientAuthenticationInput extends ClientAssertionInput {
  readonly clients: ReadonlyMap<string, IssuerClient>
  readonly lax: ReadonlySet<Laxity>
}

/**
 * Tells which client a request comes from, by the one method that it is registered with: a secret, an assertion that it signed, the
 * certificate of its connection, or for a public client its `client_id` alone. What does not belong to that method is refused.
 *
 * @throws {OAuthRefusal} `invalid_client`, or `invalid_request` for more than one method at a time
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-2.3 RFC 6749 §2.3}
 * @see {@link https://www.rfc-editor.org/rfc/rfc7591#section-2 RFC 7591 §2, token_endpoint_auth_method}
 */
export async function authenticateClient(request: Request, form: Form, input: ClientAuthenticationInput): Promise<IssuerClient> {
  const presented = readPresentedCredentials(request, form)
  const client = input.clients.get(presented.clientId)
  if (client === undefined) {
    const advice = unknownClientAdvice(presented.clientId, input.clients)
    throw new OAuthRefusal('invalid_client', 'No such client is registered.', 401, advice)
  }
  if (input.lax.has('client-secret-unchecked') && presented.kind !== 'assertion' && usesSecret(client)) return client
  const method = chooseMethod(presented, registeredMethods(client))
  if (presented.kind === 'assertion' && (method === 'private_key_jwt' || method === 'client_secret_jwt')) {
    await verifyClientAssertion(presented.assertion, { client, method, request }, input)
  } else if ('clientSecret' in presented) {
    const isRight = await constantTimeEqual(presented.clientSecret, client.clientSecret ?? '')
    if (client.clientSecret === undefined || !isRight) throw new OAuthRefusal('invalid_client', 'The secret is wrong.')
  } else if (method === 'tls_client_auth') {
    await checkTrustedCertificate(presentedCertificate(request), client)
  } else if (method === 'self_signed_tls_client_auth') {
    await checkRegisteredCertificate(presentedCertificate(request), client, input.clientKeys)
  }
  return client
}

/**
 * As `authenticateClient`, for what a public client may not do.
 * @throws {OAuthRefusal} `invalid_client` for a public client too
 */
export async function authenticateConfidentialClient(...input: Parameters<typeof authenticateClient>): Promise<IssuerClient> {
  const client = await authenticateClient(...input)
  if (isPublicClient(client)) throw new OAuthRefusal('invalid_client', 'Only a client that can authenticate can do this.')
  return client
}

// What each kind of credentials can be, if the client is registered for it.
const methodsOfKind: Readonly<Record<PresentedCredentials['kind'], readonly ClientAuthenticationMethod[]>> = {
  client_secret_basic: ['client_secret_basic'],
  client_secret_post: ['client_secret_post'],
  assertion: ['private_key_jwt', 'client_secret_jwt'],
  client_id: ['none', 'tls_client_auth', 'self_signed_tls_client_auth'],
}

function chooseMethod({ kind }: PresentedCredentials, registered: readonly ClientAuthenticationMethod[]): ClientAuthenticationMethod {
  const method = registered.find((candidate) => methodsOfKind[kind].includes(candidate))
  if (method !== undefined) return method
  const isPublic = registered.includes('none')
  const reason = isPublic
    ? 'This client is public and has nothing to authenticate with.'
    : `This client must authenticate by ${registered.join(' or ')}.`
  throw new OAuthRefusal('invalid_client', reason)
}

function usesSecret(client: IssuerClient): boolean {
  return registeredMethods(client).some((method) => ['none', 'client_secret_basic', 'client_secret_post'].includes(method))
}
