import type { SplitToken } from '../../split-token.js'

/**
 * Splits a compact JWS into the signature, for the client, and the rest, for the gateway. The hash is over the characters of the
 * signature, which is not decoded first. Only for asymmetric signatures, and the issuer makes no others: that of HS256 would be 32 bytes
 * under a secret that an API has too.
 */
export async function splitJwt(jwt: string): Promise<SplitToken> {
  const dot = jwt.lastIndexOf('.')
  const token = jwt.slice(dot + 1)
  return { token, published: { hash: await sha256Base64(token), headerAndPayload: jwt.slice(0, dot) } }
}

async function sha256Base64(text: string): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))
  return btoa(String.fromCharCode(...hash))
}
