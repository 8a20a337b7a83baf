import { constants, generateKeyPairSync, type KeyObject, randomUUID, sign, type SignKeyObjectInput } from 'node:crypto'
import type { JWK } from 'jose'

/** A key pair of the issuer, with a unique `kid`. */
export interface SigningKey {
  kid: string
  /** As published in the JWKS, with `kid`, `alg` and `use`. */
  jwk: JWK
  sign(token: TokenParts): string
}

export interface TokenParts {
  /** Merged over `{ alg, kid }`. */
  header?: Record<string, unknown>
  claims: Record<string, unknown>
}

/**
 * Makes a new key; `alg` is a name of RFC 7518 §3.1 or RFC 8037 §3.1. RSA keys have 2048 bits. It uses `node:crypto` only: the
 * libraries that are measured do not sign their own tokens, and 100,000 tokens are made quickly.
 */
export function createSigningKey(alg: string): SigningKey {
  const kid = randomUUID()
  const { hash, generate, input } = algorithmNamed(alg)
  const { publicKey, privateKey } = generate()
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid, alg, use: 'sig' } as JWK
  return {
    kid,
    jwk,
    sign({ header, claims }) {
      const signingInput = `${encode({ alg, kid, ...header })}.${encode(claims)}`
      return `${signingInput}.${sign(hash, Buffer.from(signingInput), input(privateKey)).toString('base64url')}`
    },
  }
}

function encode(part: Record<string, unknown>): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url')
}

interface SigningAlgorithm {
  hash: string | null
  generate(): { publicKey: KeyObject; privateKey: KeyObject }
  input(key: KeyObject): SignKeyObjectInput
}

function algorithmNamed(alg: string): SigningAlgorithm {
  const rsa = { hash: 'sha256', generate: () => generateKeyPairSync('rsa', { modulusLength: 2048 }) }
  switch (alg) {
    case 'RS256':
      return { ...rsa, input: (key) => ({ key }) }
    case 'PS256':
      return {
        ...rsa,
        input: (key) => ({ key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }),
      }
    case 'ES256':
      return {
        hash: 'sha256',
        generate: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
        input: (key) => ({ key, dsaEncoding: 'ieee-p1363' }),
      }
    case 'EdDSA':
      return { hash: null, generate: () => generateKeyPairSync('ed25519'), input: (key) => ({ key }) }
    default:
      throw new Error(`the bench does not sign with ${alg}`)
  }
}
