import { formatBase64url } from './base64url.js'

/** The key of this browser that tokens are bound to. */
export interface SenderKey {
  /** The JWK thumbprint (RFC 7638): `dpop_jkt` of a login. */
  thumbprint(): Promise<string>
  /** The proof for one request, with the nonce that its origin has last asked for. */
  prove(method: string, url: string, accessToken?: string): Promise<string>
}

/** The nonces that servers have last asked for, by their origin: they are not of one key. */
export type Nonces = Map<string, string>

const mostLetters = 4096

/** Takes the nonce that an answer brings, if it does. One that no header could carry back is none. */
export function takeNonce(nonces: Nonces, url: string, headers: Headers): void {
  const nonce = headers.get('dpop-nonce')
  if (nonce && nonce.length < mostLetters) nonces.set(new URL(url).origin, nonce)
}

const sha256 = async (text: string) => formatBase64url(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))

/**
 * Makes proofs with an ECDSA pair on P-256, dated by the clock of the user: a server that is asked by one that is far off has to use nonces. oauth4webapi has this too, and with what it brings along it would be a tenth of what a page may download.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-4.2 RFC 9449 §4.2}
 */
export async function createSenderKey({ publicKey, privateKey }: CryptoKeyPair, nonces: Nonces): Promise<SenderKey> {
  const { crv, kty, x, y } = await crypto.subtle.exportKey('jwk', publicKey)
  // The members that RFC 7638 §3.2 names, in its order.
  const jwk = { crv, kty, x, y }
  return {
    thumbprint: () => sha256(JSON.stringify(jwk)),
    async prove(method, url, accessToken) {
      const { origin, pathname } = new URL(url)
      const claims = {
        jti: crypto.randomUUID(),
        htm: method,
        htu: origin + pathname,
        iat: Math.floor(Date.now() / 1000),
        nonce: nonces.get(origin),
        ath: accessToken && (await sha256(accessToken)),
      }
      const signed = [{ typ: 'dpop+jwt', alg: 'ES256', jwk }, claims].map((part) => formatBase64url(JSON.stringify(part))).join('.')
      const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, privateKey, new TextEncoder().encode(signed))
      return `${signed}.${formatBase64url(signature)}`
    },
  }
}
