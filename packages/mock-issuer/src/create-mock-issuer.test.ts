import { createLocalJWKSet, createRemoteJWKSet, customFetch, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose'
import { expect, test } from 'vitest'
import { createMockIssuer } from './create-mock-issuer.js'
import { signingAlgorithms } from './signing-algorithm.js'

const now = () => Date.UTC(2026, 0, 1)
const nowSeconds = now() / 1000

test('mints an access token with every claim of RFC 9068 §2.2', async () => {
  const issuer = await createMockIssuer({ now, issuer: 'https://login.example.com' })
  const token = await issuer.accessToken({ sub: 'john', scope: 'orders_read', account_nr: '42' })

  const [key] = (await issuer.jwks()).keys
  expect(decodeProtectedHeader(token)).toEqual({ alg: 'ES256', typ: 'at+jwt', kid: key?.kid })
  expect(decodeJwt(token)).toEqual({
    iss: 'https://login.example.com',
    aud: 'api',
    sub: 'john',
    client_id: 'app',
    iat: nowSeconds,
    exp: nowSeconds + 300,
    jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
    scope: 'orders_read',
    account_nr: '42',
  })
})

test('replaces defaults by what is given and leaves out what is undefined', async () => {
  const issuer = await createMockIssuer({ now })
  const token = await issuer.accessToken(
    { iss: 'https://other.example.com', aud: ['a', 'b'], client_id: undefined, nbf: 1 },
    { expiresInSeconds: -1, header: { typ: undefined, x: 1 } },
  )

  const claims = decodeJwt(token)
  expect(claims).toMatchObject({ iss: 'https://other.example.com', aud: ['a', 'b'], nbf: 1, exp: nowSeconds - 1 })
  expect(Object.keys(claims)).not.toContain('client_id')
  expect(Object.keys(decodeProtectedHeader(token)).sort()).toEqual(['alg', 'kid', 'x'])
})

test.each(signingAlgorithms)('signs with %s so that the published key verifies it', async (algorithm) => {
  const issuer = await createMockIssuer({ algorithm })
  const token = await issuer.accessToken()

  const { protectedHeader } = await jwtVerify(token, createLocalJWKSet(await issuer.jwks()), { issuer: issuer.issuer, typ: 'at+jwt' })
  expect(protectedHeader.alg).toBe(algorithm)
})

test('publishes a key for another algorithm once a token was signed with it', async () => {
  const issuer = await createMockIssuer()
  await issuer.accessToken({}, { algorithm: 'EdDSA' })

  expect(new Set((await issuer.jwks()).keys.map(({ alg }) => alg))).toEqual(new Set(['ES256', 'EdDSA']))
})

test('is found by a JWKS client through its fetch, which the request log counts', async () => {
  const issuer = await createMockIssuer()
  const metadata = await (await issuer.fetch(`${issuer.issuer}/.well-known/openid-configuration`)).json()
  const jwks = createRemoteJWKSet(new URL(metadata.jwks_uri), { [customFetch]: issuer.fetch })

  const { payload } = await jwtVerify(await issuer.accessToken({ sub: 'jane' }), jwks, { issuer: metadata.issuer })
  expect(payload.sub).toBe('jane')
  expect(issuer.requests.map(({ endpoint, path, status }) => ({ endpoint, path, status }))).toEqual([
    { endpoint: 'openid-configuration', path: '/mock-issuer/.well-known/openid-configuration', status: 200 },
    { endpoint: 'jwks', path: '/mock-issuer/jwks', status: 200 },
  ])
})

test('mints an ID token for the client', async () => {
  const issuer = await createMockIssuer({ now })
  const token = await issuer.idToken({ nonce: 'n-1', exp: undefined })

  expect(decodeProtectedHeader(token)).toMatchObject({ typ: 'JWT' })
  expect(decodeJwt(token)).toEqual({ iss: issuer.issuer, sub: 'john', aud: 'app', iat: nowSeconds, nonce: 'n-1' })
})

test('signs any header and payload as they are', async () => {
  const issuer = await createMockIssuer()
  const [key] = (await issuer.jwks()).keys

  const duplicated = await issuer.sign({ header: '{"alg":"ES256","alg":"none"}', payload: '{"sub":"a","sub":"b"}' })
  expect(atob(duplicated.split('.')[0] ?? '')).toBe('{"alg":"ES256","alg":"none"}')
  expect(atob(duplicated.split('.')[1] ?? '')).toBe('{"sub":"a","sub":"b"}')

  const odd = await issuer.sign({ header: { crit: ['x'], alg: undefined }, payload: { sub: 'john' } })
  expect(JSON.parse(atob(odd.split('.')[0] ?? ''))).toEqual({ kid: key?.kid, crit: ['x'] })
})

test('rotates to a new key and keeps the old one in the JWKS', async () => {
  const issuer = await createMockIssuer()
  const before = decodeProtectedHeader(await issuer.accessToken()).kid
  const kid = await issuer.rotateKeys()

  expect(decodeProtectedHeader(await issuer.accessToken()).kid).toBe(kid)
  expect((await issuer.jwks()).keys.map((key) => key.kid)).toEqual([before, kid])
})

test('withdraws every old key when it is told not to keep them', async () => {
  const issuer = await createMockIssuer()
  await issuer.accessToken({}, { algorithm: 'EdDSA' })
  const kid = await issuer.rotateKeys({ keepOld: false, algorithm: 'EdDSA' })

  expect((await issuer.jwks()).keys.map((key) => key.kid)).toEqual([kid])
  expect(decodeProtectedHeader(await issuer.accessToken())).toMatchObject({ kid, alg: 'EdDSA' })
})

test('takes all times from its clock', async () => {
  const issuer = await createMockIssuer({ now })
  issuer.clock.advanceSeconds(90)

  expect(decodeJwt(await issuer.accessToken()).iat).toBe(nowSeconds + 90)
})

test('shares no key with another issuer', async () => {
  const [one, two] = await Promise.all([createMockIssuer(), createMockIssuer()])

  expect((await one.jwks()).keys[0]?.kid).not.toBe((await two.jwks()).keys[0]?.kid)
})
