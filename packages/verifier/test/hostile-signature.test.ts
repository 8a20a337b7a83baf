import { createHmac, createPublicKey, generateKeyPairSync, sign as signWithNode } from 'node:crypto'
import type { JWK } from 'jose'
import { describe, expect, it } from 'vitest'
import { partsOf, rawToken } from './raw-token.js'
import { createTestKey } from './token-factory.js'
import { claims, createVerifier, key, rsaKey } from './verifier-fixture.js'
import { outcome } from './verdict.js'

const verifier = createVerifier()
const [header, payload, signature] = partsOf(await key.sign(claims))
const order = Buffer.from('ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551', 'hex')

/** The good token with another signature. */
function withSignature(bytes: Uint8Array): string {
  return `${header}.${payload}.${Buffer.from(bytes).toString('base64url')}`
}

describe('a public key as the secret of an HMAC', () => {
  const publicKey = createPublicKey({ key: rsaKey.jwk as never, format: 'jwk' })
  const secrets: [string, string | Buffer][] = [
    ['PEM', publicKey.export({ format: 'pem', type: 'spki' })],
    ['PEM without its last line break', publicKey.export({ format: 'pem', type: 'spki' }).toString().trimEnd()],
    ['PKCS #1 PEM', publicKey.export({ format: 'pem', type: 'pkcs1' })],
    ['DER', publicKey.export({ format: 'der', type: 'spki' })],
    ['JWK', JSON.stringify(rsaKey.jwk)],
    ['the modulus', Buffer.from(String(rsaKey.jwk.n), 'base64url')],
    ['nothing', ''],
  ]

  it.each(secrets)('%s', async (_, secret) => {
    for (const [alg, hash] of [
      ['HS256', 'sha256'],
      ['HS384', 'sha384'],
      ['HS512', 'sha512'],
      ['RS256', 'sha256'],
    ] as const) {
      const unsigned = rawToken({ alg, kid: 'rsa' }, claims, '')
      const mac = createHmac(hash, secret).update(unsigned.slice(0, -1)).digest('base64url')
      const expected = alg === 'RS256' ? 'invalid_token signature_invalid' : 'invalid_token algorithm_not_allowed'
      expect(await outcome(verifier.verify(unsigned + mac))).toBe(expected)
    }
  })
})

describe('an ECDSA signature', () => {
  it.each([
    ['of zeros', Buffer.alloc(64)],
    ['of zeros, in the length of P-384', Buffer.alloc(96)],
    ['of ones', Buffer.alloc(64, 0xff)],
    ['of the order of the curve', Buffer.concat([order, order])],
    ['with r = 0', Buffer.concat([Buffer.alloc(32), Buffer.alloc(32, 1)])],
    ['with s = 0', Buffer.concat([Buffer.alloc(32, 1), Buffer.alloc(32)])],
    ['of no bytes', Buffer.alloc(0)],
    ['of one byte', Buffer.alloc(1, 1)],
    ['cut short', Buffer.from(signature, 'base64url').subarray(0, 63)],
    ['with a byte more', Buffer.concat([Buffer.from(signature, 'base64url'), Buffer.alloc(1)])],
    ['twice', Buffer.concat([Buffer.from(signature, 'base64url'), Buffer.from(signature, 'base64url')])],
    ['in DER form', toDer(Buffer.from(signature, 'base64url'))],
    ['of 8 kB', Buffer.alloc(8192, 1)],
  ])('%s is refused', async (_, bytes) => {
    expect(await outcome(verifier.verify(withSignature(bytes)))).toBe('invalid_token signature_invalid')
  })

  it('of other claims is refused', async () => {
    const [, otherPayload] = partsOf(await key.sign({ ...claims, sub: 'root' }))
    expect(await outcome(verifier.verify(`${header}.${otherPayload}.${signature}`))).toBe('invalid_token signature_invalid')
  })

  it('of another header is refused', async () => {
    const [otherHeader] = partsOf(await key.sign(claims, { typ: 'at+jwt' }))
    expect(await outcome(verifier.verify(`${otherHeader}.${payload}.${signature}`))).toBe('invalid_token signature_invalid')
  })
})

describe('a signature by another key', () => {
  it.each(['RS256', 'PS256', 'ES256', 'ES384', 'ES512', 'EdDSA'])('of the same kind and kid is refused (%s)', async (alg) => {
    const issuers = await createTestKey('2026', alg)
    const attackers = await createTestKey('2026', alg)
    const ours = createVerifier({ keys: { jwks: { keys: [issuers.jwk] } } })
    expect(await outcome(ours.verify(await attackers.sign(claims)))).toBe('invalid_token signature_invalid')
    expect(await outcome(ours.verify(await attackers.sign(claims, { kid: undefined })))).toBe('invalid_token signature_invalid')
  })

  it('that is an RSA key of 1024 bits is refused, even if the issuer publishes it', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 })
    const weak = { ...publicKey.export({ format: 'jwk' }), kid: 'weak' } as JWK
    const signed = (members: object) => {
      const unsigned = rawToken({ alg: 'RS256', ...members }, claims, '')
      return unsigned + signWithNode('sha256', Buffer.from(unsigned.slice(0, -1)), privateKey).toString('base64url')
    }
    const careless = createVerifier({ keys: { jwks: { keys: [rsaKey.jwk, weak] } } })
    expect(await outcome(careless.verify(signed({ kid: 'weak' })))).toBe('invalid_token key_unsuitable')
    expect(await outcome(careless.verify(signed({})))).toBe('invalid_token signature_invalid')
  })
})

/** The form in which X.509 has it: a sequence of two integers. */
function toDer(raw: Buffer): Buffer {
  const integer = (bytes: Buffer) => {
    const start = bytes.findIndex((byte) => byte !== 0)
    const body = Number(bytes[start]) >= 0x80 ? Buffer.concat([Buffer.alloc(1), bytes.subarray(start)]) : bytes.subarray(start)
    return Buffer.concat([Buffer.from([0x02, body.length]), body])
  }
  const body = Buffer.concat([integer(raw.subarray(0, 32)), integer(raw.subarray(32))])
  return Buffer.concat([Buffer.from([0x30, body.length]), body])
}
