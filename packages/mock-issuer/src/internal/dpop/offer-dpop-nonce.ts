import type { EndpointHandler } from '../http/endpoint.js'
import type { DpopNonces } from './dpop-nonces.js'

/**
 * Wraps the handler of an endpoint that takes DPoP proofs: its answers to requests with a proof, refusals included, bring the nonce
 * for the next proof.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-8.2 RFC 9449 §8.2}
 */
export function offerDpopNonce({ dpopNonces }: { dpopNonces: DpopNonces }, handle: EndpointHandler): EndpointHandler {
  return async (request) => {
    const response = await handle(request)
    if (request.headers.has('dpop')) response.headers.set('dpop-nonce', dpopNonces.current())
    return response
  }
}
