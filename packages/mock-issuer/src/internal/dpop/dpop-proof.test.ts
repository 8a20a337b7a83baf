import { generateKeyPairSync, sign } from 'node:crypto'
import { SignJWT } from 'jose'
import { describe, expect, test } from 'vitest'
import { post, service } from '../../../test/code-flow.js'
import { createDpopKey } from '../../../test/dpop.js'
import type { DpopKey } from '../../../test/dpop.js'
import { assembleMockIssuer, createMockIssuer } from '../../create-mock-issuer.js'
import type { MockIssuer } from '../../mock-issuer.js'
import { unsecured } from '../../../test/unsecured.js'
import { createIssuerState } from '../issuer-state.js'

const grant = { grant_type: 'client_credentials' }
const issuer = await createMockIssuer()
const tokenUrl = `${issuer.issuer}/token`
const key = await createDpopKey()

async function send(proof: string, at: MockIssuer = issuer) {
  const response = await post(at, '/token', grant, { ...service, dpop: proof })
  return { status: response.status, nonce: response.headers.get('dpop-nonce'), body: await response.json() }
}

test.each(['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519', 'PS256', 'RS256'])('takes a proof that is signed with %s', async (algorithm) => {
  const other = await createDpopKey(algorithm)
  const { status, body } = await send(await other.proof({ url: tokenUrl }))

  expect(status).toBe(200)
  expect(body).toMatchObject({ token_type: 'DPoP' })
})

describe('refuses as invalid_dpop_proof', () => {
  const { publicJwk } = key
  const proofs: Record<string, readonly [reason: string, make: () => Promise<string>]> = {
    'what is no JWT': ['not a JWT', async () => 'proof'],
    'two proofs': ['Send one DPoP header', async () => `${await key.proof({ url: tokenUrl })}, ${await key.proof({ url: tokenUrl })}`],
    'a proof of more than 8,192 characters': [
      'longer than 8192',
      () => key.proof({ url: tokenUrl }, { claims: { padding: 'x'.repeat(8_192) } }),
    ],
    'another typ': ['typ', () => key.proof({ url: tokenUrl }, { header: { typ: 'JWT' } })],
    'no typ': ['typ', () => key.proof({ url: tokenUrl }, { header: { typ: undefined } })],
    'alg none': [
      'The alg',
      async () =>
        unsecured({ typ: 'dpop+jwt', alg: 'none', jwk: publicJwk }, { jti: 'j', htm: 'POST', htu: tokenUrl, iat: Date.now() / 1000 }),
    ],
    'HS256 with the public key as the secret': [
      'The alg',
      () =>
        new SignJWT({ jti: 'j', htm: 'POST', htu: tokenUrl })
          .setIssuedAt()
          .setProtectedHeader({ typ: 'dpop+jwt', alg: 'HS256', jwk: publicJwk })
          .sign(new TextEncoder().encode(JSON.stringify(publicJwk))),
    ],
    'a symmetric jwk': [
      'private or a symmetric key',
      () => key.proof({ url: tokenUrl }, { header: { jwk: { kty: 'oct', k: 'c2VjcmV0' } } }),
    ],
    'a jwk with a private part': ['private or a symmetric key', () => key.proof({ url: tokenUrl }, { header: { jwk: key.privateJwk } })],
    'no jwk': ['no jwk', () => key.proof({ url: tokenUrl }, { header: { jwk: undefined } })],
    'a jwk that is no object': ['no jwk', () => key.proof({ url: tokenUrl }, { header: { jwk: [publicJwk] } })],
    'a jwk that is no key': ['signed by the jwk', () => key.proof({ url: tokenUrl }, { header: { jwk: { ...publicJwk, x: 'AAAA' } } })],
    'an RSA key of 1024 bits': ['signed by the jwk', () => weakProof()],
    'a jwk for another algorithm': [
      'another algorithm',
      () => key.proof({ url: tokenUrl }, { header: { jwk: { ...publicJwk, alg: 'ES384' } } }),
    ],
    'a jwk for encryption': ['not for signatures', () => key.proof({ url: tokenUrl }, { header: { jwk: { ...publicJwk, use: 'enc' } } })],
    'a jwk that did not sign it': [
      'signed by the jwk',
      async () => key.proof({ url: tokenUrl }, { header: { jwk: (await createDpopKey()).publicJwk } }),
    ],
    'a jwk by reference': ['no jwk', () => key.proof({ url: tokenUrl }, { header: { jwk: undefined, jku: 'https://example.com/jwks' } })],
    'an unknown critical header parameter': ['critical', () => key.proof({ url: tokenUrl }, { header: { crit: ['x'], x: 1 } })],
    'another method': ['The htm', () => key.proof({ url: tokenUrl, method: 'GET' })],
    'a method in lower case': ['The htm', () => key.proof({ url: tokenUrl, method: 'post' })],
    'no method': ['no htm', () => key.proof({ url: tokenUrl }, { claims: { htm: undefined } })],
    'another URL of the issuer': ['The htu', () => key.proof({ url: `${issuer.issuer}/userinfo` })],
    'the URL of another server': ['The htu', () => key.proof({ url: tokenUrl.replace('localhost', 'login.example.com') })],
    'another scheme': ['The htu', () => key.proof({ url: tokenUrl.replace('http:', 'https:') })],
    'another port': ['The htu', () => key.proof({ url: tokenUrl.replace('localhost', 'localhost:81') })],
    'credentials in the URL': ['The htu', () => key.proof({ url: tokenUrl.replace('localhost', 'john@localhost') })],
    'no URL': ['no htu', () => key.proof({ url: tokenUrl }, { claims: { htu: undefined } })],
    'what is no URL': ['The htu', () => key.proof({ url: '/token' })],
    'no jti': ['no jti', () => key.proof({ url: tokenUrl }, { claims: { jti: undefined } })],
    'an empty jti': ['no jti', () => key.proof({ url: tokenUrl }, { claims: { jti: '' } })],
    'a jti of more than 512 characters': ['longer than 512', () => key.proof({ url: tokenUrl }, { claims: { jti: 'x'.repeat(513) } })],
    'no iat': ['no iat', () => key.proof({ url: tokenUrl }, { claims: { iat: undefined } })],
    'an iat that is no number': ['signed by the jwk', () => key.proof({ url: tokenUrl }, { claims: { iat: 'now' } })],
    'an iat in milliseconds': ['in the future', () => key.proof({ url: tokenUrl }, { claims: { iat: Date.now() } })],
    'an age of more than a minute': ['older than 60', () => key.proof({ url: tokenUrl, timeMs: Date.now() - 62_000 })],
    'a time to come': ['in the future', () => key.proof({ url: tokenUrl, timeMs: Date.now() + 10_000 })],
    'an exp that is over': [
      'signed by the jwk',
      () => key.proof({ url: tokenUrl }, { claims: { exp: Math.floor(Date.now() / 1000) - 10 } }),
    ],
  }
  test.each(Object.entries(proofs))('%s', async (_, [reason, make]) => {
    const { status, body, nonce } = await send(await make())

    expect(body).toEqual({ error: 'invalid_dpop_proof', error_description: expect.stringContaining(reason) })
    expect(status).toBe(400)
    expect(nonce).toMatch(/^[\w-]{43}$/)
  })
})

test('compares the URL as RFC 9449 does: without query and fragment, in its normal form', async () => {
  for (const url of [`${tokenUrl}?a=b#c`, tokenUrl.replace('localhost', 'LOCALHOST:80'), tokenUrl.replace('/token', '/x/../token')]) {
    expect((await send(await key.proof({ url }))).status).toBe(200)
  }
})

test("holds the URL against the issuer's name, and not against where the request went", async () => {
  const named = await createMockIssuer({ issuer: 'https://login.example.com/tenant' })
  await using server = await named.listen()
  const ask = async (url: string) => {
    const headers = { ...service, dpop: await key.proof({ url }) }
    return (await fetch(`${server.url}/tenant/token`, { method: 'POST', headers, body: new URLSearchParams(grant) })).status
  }

  expect(await ask('https://login.example.com/tenant/token')).toBe(200)
  expect(await ask(`${server.url}/tenant/token`)).toBe(400)
})

test('takes a proof once, and another with its jti by the same key not at all', async () => {
  const proof = await key.proof({ url: tokenUrl }, { claims: { jti: 'once' } })
  const first = await send(proof)
  const second = await send(proof)
  const third = await send(await key.proof({ url: tokenUrl }, { claims: { jti: 'once' } }))
  const other: DpopKey = await createDpopKey()

  expect([first.status, second.status, third.status]).toEqual([200, 400, 400])
  expect(second.body).toEqual({ error: 'invalid_dpop_proof', error_description: 'The proof was used before.' })
  expect((await send(await other.proof({ url: tokenUrl }, { claims: { jti: 'once' } }))).status).toBe(200)
})

test('takes one of two requests that send the same proof at once', async () => {
  const proof = await key.proof({ url: tokenUrl })
  const statuses = (await Promise.all([send(proof), send(proof), send(proof)])).map(({ status }) => status)

  expect(statuses.filter((status) => status === 200)).toEqual([200])
})

test('refuses a proof again for as long as it would be taken', async () => {
  const timed = await createMockIssuer({ now: () => Date.UTC(2026, 0, 1) })
  const proof = await key.proof({ url: tokenUrl, timeMs: timed.clock.now() + 5_000 })
  expect((await send(proof, timed)).status).toBe(200)
  for (const seconds of [30, 34, 1, 30]) {
    timed.clock.advanceSeconds(seconds)
    expect((await send(proof, timed)).body).toMatchObject({ error: 'invalid_dpop_proof' })
  }
})

test('cannot decide on a proof when too many are remembered, says so by 503, and can again when a minute has passed', async () => {
  const { issuer: timed, state } = assembleMockIssuer(createIssuerState({ now: () => Date.UTC(2026, 0, 1) }))
  for (let index = 0; index < 20_000; index += 1) state.usedIdentifiers.take('dpop-proof', `key ${index}`, 'x', timed.clock.now() + 61_000)
  const proof = () => key.proof({ url: tokenUrl, timeMs: timed.clock.now() })
  const refused = await send(await proof(), timed)

  expect([refused.status, refused.body.error]).toEqual([503, 'temporarily_unavailable'])
  timed.clock.advanceSeconds(61)
  expect((await send(await proof(), timed)).status).toBe(200)
})

// No library makes such a proof any more.
async function weakProof(): Promise<string> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 })
  const header = { typ: 'dpop+jwt', alg: 'RS256', jwk: publicKey.export({ format: 'jwk' }) }
  const claims = { jti: 'weak', htm: 'POST', htu: tokenUrl, iat: Math.floor(Date.now() / 1000) }
  const input = unsecured(header, claims).slice(0, -1)
  return `${input}.${sign('sha256', Buffer.from(input), privateKey).toString('base64url')}`
}
