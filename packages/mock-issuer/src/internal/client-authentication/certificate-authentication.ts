import type { IssuerClient } from '../../client.js'
import { certificateIsOf } from '../certificates/certificate-identity.js'
import type { ClientCertificate } from '../certificates/client-certificate.js'
import { OAuthRefusal } from '../http/oauth-refusal.js'
import { ClientKeysError, withClientKeys } from './client-keys.js'
import type { ClientKeys } from './client-keys.js'

/**
 * Checks the certificate of a client with `tls_client_auth`: it leads to an authority that the socket trusts, and is of the subject
 * that the client is registered with. Does not check whether it was revoked.
 *
 * @throws {OAuthRefusal} `invalid_client`
 * @see {@link https://www.rfc-editor.org/rfc/rfc8705#section-2.1 RFC 8705 §2.1}
 */
export async function checkTrustedCertificate(certificate: ClientCertificate | undefined, client: IssuerClient): Promise<void> {
  const { der, chainTrusted } = certificate ?? refuse('This client authenticates by a certificate, and the connection has none.')
  if (!chainTrusted) refuse('The certificate of the connection does not lead to a trusted authority, or is not within its time.')
  const isOfClient = client.tlsClientIdentity !== undefined && (await certificateIsOf(der, client.tlsClientIdentity))
  if (!isOfClient) refuse('The certificate of the connection is not of the subject that this client is registered with.')
}

/**
 * Checks the certificate of a client with `self_signed_tls_client_auth`: it is one that a key of the client is registered with, as the
 * first in its `x5c`. Neither its time nor who signed it counts.
 *
 * @throws {OAuthRefusal} `invalid_client`
 * @see {@link https://www.rfc-editor.org/rfc/rfc8705#section-2.2 RFC 8705 §2.2}
 */
export async function checkRegisteredCertificate(
  certificate: ClientCertificate | undefined,
  client: IssuerClient,
  clientKeys: ClientKeys,
): Promise<void> {
  const { der } = certificate ?? refuse('This client authenticates by a certificate, and the connection has none.')
  const base64 = btoa(Array.from(der, (byte) => String.fromCharCode(byte)).join(''))
  try {
    const found = await withClientKeys(client, clientKeys, async ({ keys }) => keys.find(({ x5c }) => x5c?.[0] === base64))
    if (found === undefined) refuse('The certificate of the connection is not registered for this client.')
  } catch (error) {
    if (error instanceof ClientKeysError) refuse(error.message)
    throw error
  }
}

function refuse(reason: string): never {
  throw new OAuthRefusal('invalid_client', reason)
}
