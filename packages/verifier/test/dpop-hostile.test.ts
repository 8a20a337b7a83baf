import { describe, expect, it } from 'vitest'
import { createProofKey, createTestCheck, hashOf, proofClaims, publicUrl, requestWith, token } from './dpop-fixture.js'
import { partsOf, rawToken } from './raw-token.js'
import { outcome } from './verdict.js'
import { nowSeconds } from './verifier-fixture.js'

const client = await createProofKey('ES256')
const attacker = await createProofKey('ES256')
const rsa = await createProofKey('RS256')
const { present, check } = createTestCheck()

const invalid = 'invalid_token dpop_proof_invalid'
const mismatch = 'invalid_token dpop_key_mismatch'

describe('a good proof', () => {
  it.each(['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519', 'RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'])(
    'signed by %s is accepted',
    async (alg) => {
      const { prove, jkt } = await createProofKey(alg)
      expect(await outcome(present(await prove(), jkt))).toBe('accepted')
    },
  )

  it('is accepted with other members in header and claims, and with a nonce that nobody asked for', async () => {
    const proof = await client.prove(
      { nonce: 'theirs', exp: 1, nbf: 9e9, sub: 'john' },
      { kid: 'key', jku: 'https://evil.example', x5c: [] },
    )
    expect(await outcome(present(proof, client.jkt))).toBe('accepted')
  })

  it('is accepted again and again with a jti of its own each time', async () => {
    for (let n = 0; n < 5; n += 1) expect(await outcome(present(await client.prove(), client.jkt))).toBe('accepted')
  })

  it('with a large key is accepted too, though its header is not kept', async () => {
    const large = await createProofKey('RS256', { modulusLength: 3072 })
    const header = { padding: 'A'.repeat(3000) }
    for (let n = 0; n < 2; n += 1) expect(await outcome(present(await large.prove({}, header), large.jkt))).toBe('accepted')
  })
})

describe('whoever has a token and not its key', () => {
  it('has no proof to send', async () => {
    expect(await outcome(present([], client.jkt))).toBe('invalid_token dpop_proof_missing')
    expect(await outcome(present('', client.jkt))).toBe('invalid_token dpop_proof_missing')
  })

  it('gets nowhere with a key of their own', async () => {
    expect(await outcome(present(await attacker.prove(), client.jkt))).toBe(mismatch)
    expect(await outcome(present(await attacker.prove({}, { kid: client.jkt, jkt: client.jkt }), client.jkt))).toBe(mismatch)
  })

  it('gets nowhere with the key of the client in the header, before and after that key has become known', async () => {
    const forged = () => attacker.prove({}, { jwk: client.jwk })
    const fresh = createTestCheck()
    expect(await outcome(fresh.present(await forged(), client.jkt))).toBe(invalid)
    expect(await outcome(fresh.present(await client.prove(), client.jkt))).toBe('accepted')
    expect(await outcome(fresh.present(await forged(), client.jkt))).toBe(invalid)
    expect(await outcome(fresh.present(await client.prove(), client.jkt))).toBe('accepted')
  })

  it('cannot have a signature verified with a key of their choice', async () => {
    const spoilt = (await attacker.prove()).replace(/[^.]+$/, 'AAAA')
    expect(await outcome(present(spoilt, client.jkt))).toBe(mismatch)
  })

  it('gets nowhere with a proof that the client made for something else', async () => {
    for (const claims of [
      { htm: 'POST' },
      { htm: 'get' },
      { htu: `${publicUrl}/orders/1` },
      { htu: 'https://evil.example/orders' },
      { htu: 'https://login.example.com/token' },
      { ath: hashOf('another token') },
      { ath: undefined },
    ]) {
      expect(await outcome(present(await client.prove(claims), client.jkt))).toBe(invalid)
    }
  })

  it('gets nowhere with two proofs, whichever is good', async () => {
    const [good, bad] = [await client.prove(), await attacker.prove()]
    for (const fields of [
      [good, bad],
      [bad, good],
      [good, await client.prove()],
    ]) {
      expect(await outcome(present(fields, client.jkt))).toBe('invalid_token dpop_proof_missing')
    }
    expect(await outcome(present(good, client.jkt))).toBe('accepted')
  })

  it('gets nowhere by saying where the request went', async () => {
    const proof = await client.prove({ htu: 'https://evil.example/orders' })
    const headers = new Headers({ DPoP: proof, Host: 'evil.example', 'X-Forwarded-Host': 'evil.example', Forwarded: 'host=evil.example' })
    for (const url of ['/orders', 'https://evil.example/orders', '//evil.example/orders', '/\\evil.example/orders']) {
      expect(await outcome(check({ token, jkt: client.jkt, request: { method: 'GET', url, headers } }))).toBe(invalid)
    }
  })

  it('gets nowhere with a token in place of a proof', async () => {
    const accessToken = await client.prove({ iss: 'https://login.example.com', aud: 'orders-api' }, { typ: 'at+jwt' })
    expect(await outcome(present(accessToken, client.jkt))).toBe(invalid)
  })
})

describe('a proof', () => {
  it.each([
    ['without typ', {}, { typ: undefined }],
    ['typ JWT', {}, { typ: 'JWT' }],
    ['another spelling of typ', {}, { typ: 'DPOP+JWT' }],
    ['no key', {}, { jwk: undefined }],
    ['a reference to a key', {}, { jwk: undefined, jku: 'https://evil.example/jwks', kid: 'key' }],
    ['a private key', {}, { jwk: client.privateJwk }],
    ['a symmetric key', {}, { jwk: { kty: 'oct', k: 'AAAA' } }],
    ['a key for another algorithm', {}, { jwk: { ...client.jwk, alg: 'ES384' } }],
    ['a key for encryption', {}, { jwk: { ...client.jwk, use: 'enc' } }],
    ['no jti', { jti: undefined }, {}],
    ['an empty jti', { jti: '' }, {}],
    ['a huge jti', { jti: 'j'.repeat(5000) }, {}],
    ['a jti that is a number', { jti: 1 }, {}],
    ['no htm', { htm: undefined }, {}],
    ['no htu', { htu: undefined }, {}],
    ['a relative htu', { htu: '/orders' }, {}],
    ['no iat', { iat: undefined }, {}],
    ['an iat that is a string', { iat: String(nowSeconds) }, {}],
    ['an ath that is a list', { ath: [hashOf(token)] }, {}],
  ])('with %s is refused', async (_, claims, header) => {
    expect(await outcome(present(await client.prove(claims, header), client.jkt))).toBe(invalid)
  })

  it.each(['none', 'None', 'HS256', 'HS512', 'ES256K', '', null, undefined])(
    'of alg %j is refused, with a signature and without',
    async (alg) => {
      const header = { typ: 'dpop+jwt', alg, jwk: client.jwk }
      expect(await outcome(present(rawToken(header, proofClaims(), ''), client.jkt))).toBe(invalid)
      expect(await outcome(present(rawToken(header, proofClaims()), client.jkt))).toBe(invalid)
    },
  )

  it('signed with the public key as a secret is refused', async () => {
    const { createHmac } = await import('node:crypto')
    const [header, payload] = partsOf(rawToken({ typ: 'dpop+jwt', alg: 'HS256', jwk: rsa.jwk }, proofClaims()))
    for (const secret of [JSON.stringify(rsa.jwk), String(rsa.jwk.n)]) {
      const mac = createHmac('sha256', secret).update(`${header}.${payload}`).digest('base64url')
      expect(await outcome(present(`${header}.${payload}.${mac}`, rsa.jkt))).toBe(invalid)
    }
  })

  it('whose alg is that of another key is refused, though the key is known', async () => {
    expect(await outcome(present(await client.prove(), client.jkt))).toBe('accepted')
    const [, payload, signature] = partsOf(await client.prove())
    for (const alg of ['RS256', 'ES384', 'EdDSA']) {
      const [header] = partsOf(rawToken({ typ: 'dpop+jwt', alg, jwk: client.jwk }, ''))
      expect(await outcome(present(`${header}.${payload}.${signature}`, client.jkt))).toBe(invalid)
    }
  })

  it('with a DER signature is refused', async () => {
    const [header, payload] = partsOf(await client.prove())
    const der = Buffer.from('3006020101020101', 'hex').toString('base64url')
    expect(await outcome(present(`${header}.${payload}.${der}`, client.jkt))).toBe(invalid)
  })

  it('with members named __proto__ has what it has of its own', async () => {
    const bare = JSON.parse(`{"__proto__":${JSON.stringify({ typ: 'dpop+jwt', alg: 'ES256', jwk: client.jwk })}}`) as object
    expect(await outcome(present(rawToken(bare, proofClaims()), client.jkt))).toBe(invalid)
    const payload = new TextEncoder().encode(`{"__proto__":${JSON.stringify(proofClaims())}}`)
    expect(await outcome(present(await client.proveBytes(payload), client.jkt))).toBe(invalid)
    const both = `{"__proto__":{"htm":"POST"},${JSON.stringify(proofClaims()).slice(1)}`
    expect(await outcome(present(await client.proveBytes(new TextEncoder().encode(both)), client.jkt))).toBe('accepted')
  })

  it.each(['[]', '"proof"', 'null', '1', '', '{', '\ufeff{}'])('of the claims %j is refused', async (text) => {
    expect(await outcome(present(await client.proveBytes(new TextEncoder().encode(text)), client.jkt))).toBe(invalid)
  })

  it.each(['ES256', 'EdDSA', 'RS256'])('that is not well-formed is refused, though its header is known: %s', async (alg) => {
    const { prove, jkt } = await createProofKey(alg)
    expect(await outcome(present(await prove(), jkt))).toBe('accepted')
    const next = await prove()
    for (const proof of [`${next}=`, `${next}.AAAA`, ` ${next}`, next.replace('.', '..'), next.replace(/\.[^.]+$/, ''), `${next}\n`]) {
      const request = { method: 'GET', url: '/orders', headers: { get: () => proof } }
      expect(await outcome(check({ token, jkt, request }))).toBe(invalid)
    }
    expect(await outcome(present(next, jkt))).toBe('accepted')
  })

  it('of more than 8,192 characters is refused', async () => {
    expect(await outcome(present(await client.prove({ padding: 'A'.repeat(8192) }), client.jkt))).toBe(invalid)
    expect(await outcome(present('A'.repeat(10_000_000), client.jkt))).toBe(invalid)
  })

  it('is for the method of the request', async () => {
    for (const method of ['GET', 'POST', 'DELETE']) {
      expect(await outcome(check({ token, jkt: client.jkt, request: requestWith(await client.prove({ htm: method }), { method }) }))).toBe(
        'accepted',
      )
    }
  })

  it('of an algorithm that is not allowed is refused, and the allowed ones are told', async () => {
    const strict = createTestCheck({ algorithms: ['EdDSA', 'ES384'] })
    expect(await outcome(strict.present(await client.prove(), client.jkt))).toBe(invalid)
    expect(strict.support.algorithms).toEqual(['EdDSA', 'ES384'])
  })

  it('that is refused has neither token nor proof in the error', async () => {
    const proof = await client.prove({ htm: 'POST' })
    const error = await present(proof, client.jkt).catch((reason: unknown) => reason)
    const text = JSON.stringify(error, Object.getOwnPropertyNames(error)) + String(error)
    for (const secret of [token, proof, ...partsOf(proof)]) expect(text).not.toContain(secret)
  })
})
