import { parseBase64url, parseJwtPart } from './base64url.js'

/** A JWK as a key set has it. */
export interface PublishedKey extends JsonWebKey {
  readonly kid?: string
}

/**
 * Checks the signature of an ID token by the server's keys; its claims have been checked. Asymmetric algorithms only, each bound to its type of key, and
 * RSA of 2,048 bits at least: what WebCrypto cannot import as that is not tried. `undefined` if there is no key to try. oauth4webapi has this too, at a tenth of what a page may download.
 *
 * @see {@link https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation OpenID Connect Core §3.1.3.7}
 */
export async function isSigned(idToken: string, keys: readonly PublishedKey[]): Promise<boolean | undefined> {
  const { alg, kid } = parseJwtPart(idToken, 0)
  const algorithm = algorithmOf(String(alg))
  if (!algorithm) return false
  const signatureAt = idToken.lastIndexOf('.')
  const signed = new TextEncoder().encode(idToken.slice(0, signatureAt))
  let verdict: false | undefined
  for (const jwk of keys) {
    try {
      if (kid !== undefined && jwk.kid !== kid) continue
      const key = await crypto.subtle.importKey('jwk', jwk, algorithm, false, ['verify'])
      verdict = false
      const { modulusLength = 2048 } = key.algorithm as Partial<RsaKeyAlgorithm>
      const signature = parseBase64url(idToken.slice(signatureAt + 1))
      if (modulusLength >= 2048 && (await crypto.subtle.verify(algorithm, key, signature, signed))) return true
    } catch {
      // A key of another kind, or for another use; or no key, or no signature.
    }
  }
  return verdict
}

/** For import and verification both (RFC 7518 §3.1, RFC 9864 §2.2). */
function algorithmOf(alg: string) {
  if (/^Ed(DSA|25519)$/.test(alg)) return { name: 'Ed25519' }
  const [, family, bits] = /^(RS|PS|ES)(256|384|512)$/.exec(alg) ?? []
  const hash = `SHA-${bits}`
  if (family === 'ES') return { name: 'ECDSA', hash, namedCurve: `P-${bits === '512' ? 521 : bits}` }
  if (family === 'PS') return { name: 'RSA-PSS', hash, saltLength: Number(bits) / 8 }
  return family && { name: 'RSASSA-PKCS1-v1_5', hash }
}
