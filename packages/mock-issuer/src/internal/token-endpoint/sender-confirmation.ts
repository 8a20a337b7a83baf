import type { IssuerClient } from '../../client.js'
import { certificateThumbprint } from '../certificates/certificate-thumbprint.js'
import { presentedCertificate } from '../certificates/client-certificate.js'
import { readDpopProof } from '../dpop/dpop-proof.js'
import type { DpopInput } from '../dpop/dpop-proof.js'
import { OAuthRefusal } from '../http/oauth-refusal.js'
import type { Confirmation } from '../tokens/confirmation.js'

/**
 * Finds out what the tokens of a request are to be bound to: the key of its DPoP proof, if it has one; the certificate of its connection,
 * if the client is registered for that. A client that is registered for either gets no token without it.
 *
 * @throws {OAuthRefusal} `invalid_request` for a proof or a certificate that is missing; `invalid_dpop_proof` or `use_dpop_nonce` for a
 * proof that does not hold
 * @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-5 RFC 9449 §5}
 * @see {@link https://www.rfc-editor.org/rfc/rfc8705#section-3 RFC 8705 §3}
 */
export async function readSenderConfirmation(request: Request, client: IssuerClient, input: DpopInput): Promise<Confirmation | undefined> {
  const proof = await readDpopProof(request, input)
  if (proof === undefined && client.dpopBoundAccessTokens) {
    throw new OAuthRefusal('invalid_request', 'Every token request of this client must have a DPoP proof, and this one has none.')
  }
  const certificate = client.tlsClientCertificateBoundAccessTokens ? presentedCertificate(request) : undefined
  if (certificate === undefined && client.tlsClientCertificateBoundAccessTokens) {
    throw new OAuthRefusal('invalid_request', 'The tokens of this client are bound to its certificate, and the connection has none.')
  }
  if (proof === undefined && certificate === undefined) return undefined
  return {
    ...(proof === undefined ? {} : { jkt: proof.jkt }),
    ...(certificate === undefined ? {} : { 'x5t#S256': await certificateThumbprint(certificate.der) }),
  }
}
