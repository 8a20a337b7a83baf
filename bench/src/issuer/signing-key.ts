import { randomUUID } from 'node:crypto'
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose'

/** A key pair of the issuer's, under a `kid` of its own. */
export interface SigningKey {
  kid: string
  /** As it stands in the JWKS: with `kid`, `alg` and `use`. */
  jwk: JWK
  sign(token: TokenParts): Promise<string>
}

export interface TokenParts {
  /** Merged over `{ alg, kid }`. */
  header?: Record<string, unknown>
  claims: Record<string, unknown>
}

/** Makes a new key; `alg` as RFC 7518 §3.1 and RFC 8037 §3.1 name it. RSA keys have 2048 bits. */
export async function createSigningKey(alg: string): Promise<SigningKey> {
  const kid = randomUUID()
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true })
  const jwk = { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' }
  return {
    kid,
    jwk,
    sign: ({ header, claims }) => new SignJWT(claims).setProtectedHeader({ alg, kid, ...header }).sign(privateKey),
  }
}
