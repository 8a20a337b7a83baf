import type { JWK } from 'jose'
import { base64url } from 'jose'
import type { SigningAlgorithm } from '../../signing-algorithm.js'
import { declareForgery, rfc, type VariantDeclaration } from './declaration.js'
import { toBase64, toPem } from './der.js'
import { signHmac } from './hmac.js'

/** Tokens that make a secret of what everybody knows. */
export const hmacForgeries = {
  hmacWithPublicKey: declareForgery({
    title: 'HS256 with the public key as the secret',
    description:
      'The attacker takes the public key of the issuer for a secret and says HS256. An API that lets the token choose the algorithm verifies it with the same key, and believes whatever anybody writes.',
    rfc: rfc(8725, '3.1'),
    expected: 'invalid_token',
    severity: 'critical',
    variants: {
      rsaPem: hmac('RS256', 'RSA key as PEM', async (jwk) => encoder.encode(toPem('PUBLIC KEY', toBase64(await toSpki(jwk))))),
      rsaPemTrimmed: hmac('RS256', 'RSA key as PEM without the last line break', async (jwk) =>
        encoder.encode(toPem('PUBLIC KEY', toBase64(await toSpki(jwk))).trimEnd()),
      ),
      rsaPkcs1Pem: hmac('RS256', 'RSA key as PEM of PKCS #1', async (jwk) =>
        // Of a 2048-bit key, what stands before the key itself is always this long.
        encoder.encode(toPem('RSA PUBLIC KEY', toBase64((await toSpki(jwk)).subarray(24)))),
      ),
      rsaDer: hmac('RS256', 'RSA key as DER', toSpki),
      rsaJwk: hmac('RS256', 'RSA key as JWK', (jwk) => encoder.encode(JSON.stringify(jwk))),
      rsaModulus: hmac('RS256', 'RSA modulus', ({ n = '' }) => base64url.decode(n)),
      ecPem: hmac('ES256', 'EC key as PEM', async (jwk) => encoder.encode(toPem('PUBLIC KEY', toBase64(await toSpki(jwk))))),
      ecDer: hmac('ES256', 'EC key as DER', toSpki),
      ecJwk: hmac('ES256', 'EC key as JWK', (jwk) => encoder.encode(JSON.stringify(jwk))),
    },
  }),
  guessableSecret: declareForgery({
    title: 'HS256 with a secret that anybody can guess',
    description: 'Signed with an empty secret, or one from the examples in documentation.',
    rfc: rfc(8725, '3.5'),
    expected: 'invalid_token',
    severity: 'critical',
    variants: {
      empty: hmac(undefined, 'an empty secret', () => new Uint8Array()),
      secret: hmac(undefined, 'the word secret', () => encoder.encode('secret')),
      kid: hmac(undefined, 'the kid', ({ kid = '' }) => encoder.encode(kid)),
    },
  }),
}

const encoder = new TextEncoder()

function hmac(
  algorithm: SigningAlgorithm | undefined,
  title: string,
  secretOf: (jwk: JWK) => Uint8Array | Promise<Uint8Array>,
): VariantDeclaration {
  return {
    title,
    ...(algorithm !== undefined && { algorithm }),
    forge: async ({ header, claims, publicJwk }) => signHmac({ header, payload: claims, secret: await secretOf(await publicJwk()) }),
  }
}

async function toSpki(jwk: JWK): Promise<Uint8Array> {
  const algorithm = jwk.kty === 'RSA' ? { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } : { name: 'ECDSA', namedCurve: 'P-256' }
  const key = await crypto.subtle.importKey('jwk', { ...jwk }, algorithm, true, ['verify'])
  return new Uint8Array(await crypto.subtle.exportKey('spki', key))
}
