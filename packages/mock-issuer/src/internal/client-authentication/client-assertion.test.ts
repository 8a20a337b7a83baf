import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import type { JWTPayload } from 'jose'
import { describe, expect, test } from 'vitest'
import { post } from '../../../test/code-flow.js'
import { unsecured } from '../../../test/unsecured.js'
import type { IssuerClient } from '../../client.js'
import { createMockIssuer } from '../../create-mock-issuer.js'
import type { MockIssuer } from '../../mock-issuer.js'

const secret = 'a secret of thirty-two characters or more, for HS384 and 512: 64'
const keys = await generateKeyPair('ES256', { extractable: true })
const rsa = await generateKeyPair('PS256', { extractable: true })
const publicJwk = await exportJWK(keys.publicKey)
const clients: readonly IssuerClient[] = [
  {
    clientId: 'job',
    tokenEndpointAuthMethod: 'private_key_jwt',
    clientSecret: secret,
    jwks: { keys: [publicJwk, await exportJWK(rsa.publicKey)] },
  },
  { clientId: 'mac', tokenEndpointAuthMethod: 'client_secret_jwt', clientSecret: secret, jwks: { keys: [publicJwk] } },
  { clientId: 'short', tokenEndpointAuthMethod: 'client_secret_jwt', clientSecret: secret.slice(0, 32) },
]
const issuer = await createMockIssuer({ clients, now: () => 1_800_000_000_000 })
const type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

interface AssertionChanges {
  readonly claims?: Readonly<Record<string, unknown>>
  readonly header?: Readonly<Record<string, unknown>>
  readonly sign?: CryptoKey | Uint8Array
}

function assertion(clientId: string, { claims = {}, header = {}, sign = keys.privateKey }: AssertionChanges = {}): Promise<string> {
  const iat = Math.floor(issuer.clock.now() / 1000)
  const good: JWTPayload = { iss: clientId, sub: clientId, aud: issuer.issuer, jti: crypto.randomUUID(), iat, exp: iat + 60 }
  return new SignJWT({ ...good, ...claims }).setProtectedHeader({ alg: 'ES256', ...header }).sign(sign, { crit: { x: true } })
}

const hmac = (alg: string): AssertionChanges => ({ header: { alg }, sign: new TextEncoder().encode(secret) })

async function send(jwt: string, form: Record<string, string> = {}, at: MockIssuer = issuer) {
  const body = { grant_type: 'client_credentials', client_assertion: jwt, client_assertion_type: type, ...form }
  const response = await post(at, '/token', body)
  return { status: response.status, body: await response.json() }
}

test.each([
  ['the issuer', issuer.issuer],
  ['the issuer, in a list', [issuer.issuer]],
  ['the token endpoint', `${issuer.issuer}/token`],
])('takes an assertion for %s', async (_, aud) => {
  expect((await send(await assertion('job', { claims: { aud } }))).status).toBe(200)
  expect((await send(await assertion('mac', { claims: { aud }, ...hmac('HS256') }))).status).toBe(200)
})

test('takes the algorithms of the method', async () => {
  expect((await send(await assertion('job', { header: { alg: 'RS256' }, sign: await rs256() }))).status).toBe(200)
  expect((await send(await assertion('job', { header: { alg: 'PS256' }, sign: rsa.privateKey }))).status).toBe(200)
  for (const alg of ['HS384', 'HS512']) expect((await send(await assertion('mac', hmac(alg)))).status).toBe(200)
})

test('takes the typ of rfc7523bis, the same client_id beside it, and a time that is a little off', async () => {
  const iat = Math.floor(issuer.clock.now() / 1000)
  expect((await send(await assertion('job', { header: { typ: 'client-authentication+jwt' } }), { client_id: 'job' })).status).toBe(200)
  expect((await send(await assertion('job', { claims: { iat: iat + 4, nbf: iat + 4, exp: iat + 600 } }))).status).toBe(200)
  expect((await send(await assertion('job', { claims: { iat: undefined, exp: iat - 3 } }))).status).toBe(200)
})

describe('answers 401 invalid_client to', () => {
  const now = Math.floor(issuer.clock.now() / 1000)
  const bad: Record<string, readonly [reason: string, make: () => Promise<string> | string]> = {
    'what is no JWT': ['not a JWT', () => 'assertion'],
    'a header that is no JSON': ['not a JWT', async () => (await assertion('job')).replace(/^[^.]+/, 'header')],
    'a payload that is no JSON': ['not a JWT', async () => (await assertion('job')).replace(/\.[^.]+/, '.payload')],
    'a JWT that says nothing': ['The sub', () => 'e30.e30.'],
    'more than 16,384 characters': ['longer than 16384', () => assertion('job', { claims: { padding: 'x'.repeat(16_384) } })],
    'an unknown client': ['No such client', () => assertion('nobody')],
    'alg none': ['The alg', () => unsecured({ alg: 'none' }, { iss: 'job', sub: 'job', aud: issuer.issuer, jti: 'j', exp: now + 60 })],
    'HS256 with the public key as the secret': [
      'The alg',
      () => assertion('job', { header: { alg: 'HS256' }, sign: new TextEncoder().encode(JSON.stringify(publicJwk)) }),
    ],
    "HS256 with the client's secret where a key is registered": ['The alg', () => assertion('job', hmac('HS256'))],
    "a signature by the client's key where a secret is registered": ['The alg', () => assertion('mac')],
    'a secret that is shorter than the hash': [
      'The alg',
      () => assertion('short', { header: { alg: 'HS384' }, sign: new TextEncoder().encode(secret.slice(0, 32)) }),
    ],
    'another secret': ['not signed by a key', () => assertion('mac', { header: { alg: 'HS256' }, sign: new Uint8Array(32) })],
    'another key': ['not signed by a key', async () => assertion('job', { sign: (await generateKeyPair('ES256')).privateKey })],
    'a key in its own header': [
      'not signed by a key',
      async () => {
        const own = await generateKeyPair('ES256', { extractable: true })
        return assertion('job', { sign: own.privateKey, header: { jwk: await exportJWK(own.publicKey) } })
      },
    ],
    'a kid that is not registered': ['not signed by a key', () => assertion('job', { header: { kid: 'other' } })],
    'another typ': ['The typ', () => assertion('job', { header: { typ: 'dpop+jwt' } })],
    'an unknown critical header parameter': ['critical', () => assertion('job', { header: { crit: ['x'], x: 1 } })],
    'another iss': ['The iss and the sub', () => assertion('job', { claims: { iss: 'mac' } })],
    'no iss': ['The iss and the sub', () => assertion('job', { claims: { iss: undefined } })],
    'another sub': ['The alg', () => assertion('job', { claims: { sub: 'mac' } })],
    'no sub': ['The sub', () => assertion('job', { claims: { sub: undefined } })],
    'the aud of another server': ['The aud', () => assertion('job', { claims: { aud: 'https://login.example.com' } })],
    'another server beside the issuer in aud': [
      'The aud',
      () => assertion('job', { claims: { aud: [issuer.issuer, 'https://login.example.com'] } }),
    ],
    'another endpoint in aud': ['The aud', () => assertion('job', { claims: { aud: `${issuer.issuer}/introspect` } })],
    'the issuer with a slash in aud': ['The aud', () => assertion('job', { claims: { aud: `${issuer.issuer}/` } })],
    'no aud': ['The aud', () => assertion('job', { claims: { aud: undefined } })],
    'no exp': ['no exp', () => assertion('job', { claims: { exp: undefined } })],
    'an exp that is over': ['has expired', () => assertion('job', { claims: { exp: now - 6 } })],
    'an exp that is far': ['more than 600 seconds', () => assertion('job', { claims: { exp: now + 700 } })],
    'an exp in milliseconds': ['more than 600 seconds', () => assertion('job', { claims: { exp: issuer.clock.now() } })],
    'an nbf in the future': ['not a JWT that the client', () => assertion('job', { claims: { nbf: now + 30 } })],
    'an iat in the future': ['in the future', () => assertion('job', { claims: { iat: now + 30 } })],
    'no jti': ['no jti', () => assertion('job', { claims: { jti: undefined } })],
    'an empty jti': ['no jti', () => assertion('job', { claims: { jti: '' } })],
    'a jti that is no text': ['no jti', () => assertion('job', { claims: { jti: 7 } })],
    'a jti of more than 512 characters': ['longer than 512', () => assertion('job', { claims: { jti: 'x'.repeat(513) } })],
  }
  test.each(Object.entries(bad))('%s', async (_, [reason, make]) => {
    const { status, body } = await send(await make())

    expect(body).toEqual({ error: 'invalid_client', error_description: expect.stringContaining(reason) })
    expect(status).toBe(401)
  })
})

test('takes an assertion once, and another with its jti not at all', async () => {
  const jwt = await assertion('job', { claims: { jti: 'once' } })
  const statuses = (await Promise.all([send(jwt), send(jwt), send(jwt)])).map(({ status }) => status)

  expect(statuses.filter((status) => status === 200)).toEqual([200])
  expect((await send(jwt)).body).toEqual({ error: 'invalid_client', error_description: 'The client assertion was used before.' })
  expect((await send(await assertion('job', { claims: { jti: 'once' } }))).status).toBe(401)
  expect((await send(await assertion('mac', { claims: { jti: 'once' }, ...hmac('HS256') }))).status).toBe(200)
})

test('refuses an assertion again for as long as it would be taken', async () => {
  const timed = await createMockIssuer({ clients, now: issuer.clock.now })
  const jwt = await assertion('job')
  expect((await send(jwt, {}, timed)).status).toBe(200)
  for (const seconds of [59, 5, 1]) {
    timed.clock.advanceSeconds(seconds)
    expect((await send(jwt, {}, timed)).status).toBe(401)
  }
})

test.each([
  ['no type', { client_assertion_type: '' }, 401],
  ['another type', { client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:saml2-bearer' }, 401],
  ['a type alone', { client_assertion: '' }, 401],
  ['another client_id', { client_id: 'mac' }, 400],
  ['a secret as well', { client_id: 'job', client_secret: secret }, 400],
])('refuses an assertion with %s', async (_, form, status) => {
  expect((await send(await assertion('job'), form)).status).toBe(status)
})

async function rs256(): Promise<CryptoKey> {
  const jwk = await exportJWK(rsa.privateKey)
  return crypto.subtle.importKey('jwk', jwk, { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }, false, ['sign'])
}
