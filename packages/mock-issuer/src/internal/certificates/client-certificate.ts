/** The certificate that a client presented in the TLS handshake, and so has the key of. */
export interface ClientCertificate {
  /** The certificate in DER. */
  readonly der: Uint8Array
  /** Whether it leads to an authority that the socket trusts, and is within its time. A self-signed one does not. */
  readonly chainTrusted: boolean
}

// Held beside the requests rather than by an issuer: whoever takes a request in need not know which of many issuers will answer it.
const presented = new WeakMap<Request, ClientCertificate>()

/**
 * Says which certificate a request came with. A listener and `issuer.fetch` know; nobody else may say so, and never a header, which can
 * be made up. A copy of the request does not have the certificate.
 */
export function presentCertificate(request: Request, certificate: ClientCertificate): void {
  presented.set(request, certificate)
}

/** The certificate that the request came with. */
export function presentedCertificate(request: Request): ClientCertificate | undefined {
  return presented.get(request)
}
