import { decodeJwt, exportSPKI, importJWK, SignJWT, UnsecuredJWT } from 'jose'
import { expect, test } from 'vitest'
import { basic, post, service } from '../../../test/code-flow.js'
import { createForeignIssuer, foreignIssuerName } from '../../../test/foreign-issuer.js'
import { createMockIssuer } from '../../create-mock-issuer.js'
import type { MockIssuer } from '../../mock-issuer.js'
import type { MockIssuerOptions } from '../../mock-issuer-options.js'

const grantType = 'urn:ietf:params:oauth:grant-type:jwt-bearer'
const nowSeconds = Date.UTC(2026, 0, 1) / 1000

async function start(options: MockIssuerOptions = {}) {
  const foreign = await createForeignIssuer()
  const issuer = await createMockIssuer({ now: () => nowSeconds * 1000, trustedIssuers: [foreign.trusted], ...options })
  const good = { sub: 'john', aud: issuer.issuer, iat: nowSeconds, exp: nowSeconds + 60, jti: 'id-1' }
  return { foreign, issuer, good }
}

async function present(
  issuer: MockIssuer,
  assertion: string,
  more: Record<string, string> = {},
  headers: Record<string, string> = service,
) {
  const response = await post(issuer, '/token', { grant_type: grantType, assertion, ...more }, headers)
  return { status: response.status, body: await response.json() }
}

const refused = { status: 400, body: { error: 'invalid_grant' } }

test('issues a token for the user whom a trusted issuer vouches for, with the claims of that user', async () => {
  const { foreign, issuer, good } = await start({ users: [{ sub: 'john', claims: { account_nr: '42' } }] })
  const { status, body } = await present(issuer, await foreign.sign(good), { scope: 'orders_read' })

  expect(status).toBe(200)
  expect(Object.keys(body)).toEqual(['access_token', 'token_type', 'expires_in', 'scope'])
  expect(decodeJwt(body.access_token)).toMatchObject({
    iss: issuer.issuer,
    sub: 'john',
    client_id: 'service',
    account_nr: '42',
    scope: 'orders_read',
    aud: 'api',
  })
})

test('takes the token endpoint as the audience, among others', async () => {
  const { foreign, issuer, good } = await start()
  const aud = ['https://other.example.com', `${issuer.issuer}/token`]

  expect((await present(issuer, await foreign.sign({ ...good, aud }))).status).toBe(200)
})

test('takes an assertion once', async () => {
  const { foreign, issuer, good } = await start()
  const assertion = await foreign.sign(good)
  const answers = await Promise.all(Array.from({ length: 4 }, () => present(issuer, assertion)))
  expect(answers.filter(({ status }) => status === 200).length).toBe(1)
  expect(await present(issuer, await foreign.sign({ ...good, iat: nowSeconds - 1 }))).toMatchObject(refused)
})

test('takes an assertion once up to the end of its last second, whatever fraction its exp has', async () => {
  let now = nowSeconds * 1000
  const { foreign, issuer, good } = await start({ now: () => now })
  const assertion = await foreign.sign({ ...good, exp: nowSeconds + 60.2 })
  expect((await present(issuer, assertion)).status).toBe(200)
  for (const seconds of [60.1, 60.3, 60.999]) {
    now = (nowSeconds + seconds) * 1000
    expect({ seconds, ...(await present(issuer, assertion)) }).toMatchObject({ seconds, ...refused })
  }
})

test('takes an assertion without a jti by the laxity of that name alone, and then again and again', async () => {
  const { foreign, issuer, good } = await start({ lax: ['assertion-jti-optional'] })
  const plain = await foreign.sign({ ...good, jti: undefined })
  expect((await present(issuer, plain)).status).toBe(200)
  expect((await present(issuer, plain)).status).toBe(200)

  const once = await foreign.sign(good)
  expect((await present(issuer, once)).status).toBe(200)
  expect(await present(issuer, once)).toMatchObject(refused)
})

test('does not use an assertion up that it refuses', async () => {
  const { foreign, issuer, good } = await start({ contract: { audience: 'api', scopes: {} } })
  const assertion = await foreign.sign(good)

  expect((await present(issuer, assertion, { scope: 'admin' })).body).toMatchObject({ error: 'invalid_scope' })
  expect((await present(issuer, assertion)).status).toBe(200)
})

test.each([
  ['of an issuer that is not trusted', { iss: 'https://mallory.example.com' }, {}],
  ['of an issuer whose name starts the same', { iss: `${foreignIssuerName}/` }, {}],
  ['without an issuer', { iss: undefined }, {}],
  ['without a subject', { sub: undefined }, {}],
  ['with a subject that is not ASCII', { sub: 'Jörg' }, {}],
  ['without an audience', { aud: undefined }, {}],
  ['for somebody else', { aud: 'https://other.example.com' }, {}],
  ['for a client, as an ID token is', { aud: 'service' }, {}],
  ['without an end', { exp: undefined }, {}],
  ['that has expired', { exp: nowSeconds }, {}],
  ['that is valid for more than an hour', { exp: nowSeconds + 3601 }, {}],
  ['that is not valid yet', { nbf: nowSeconds + 1 }, {}],
  ['without a jti', { jti: undefined }, {}],
  ['with a jti that is empty', { jti: '' }, {}],
  ['with a jti that is no text', { jti: 7 }, {}],
  ['with a jti that is too long', { jti: 'x'.repeat(513) }, {}],
  ['that is an access token by its typ', {}, { typ: 'at+jwt' }],
  ['that is a logout token by its typ', {}, { typ: 'logout+jwt' }],
  ['that was signed by a key which the issuer does not have', {}, { kid: 'partner-2' }],
])('refuses an assertion %s', async (_, claims, header) => {
  const { foreign, issuer, good } = await start()

  expect(await present(issuer, await foreign.sign({ ...good, ...claims }, header))).toMatchObject(refused)
})

test('refuses assertions that anybody could have made', async () => {
  const { foreign, issuer, good } = await start()
  const impostor = await createForeignIssuer()
  const [jwk = {}] = foreign.trusted.jwks.keys
  const publicText = new TextEncoder().encode(await exportSPKI((await importJWK({ ...jwk, ext: true }, 'ES256')) as CryptoKey))
  const claims = { ...good, iss: foreignIssuerName }
  const assertions = {
    'without a signature': new UnsecuredJWT(claims).encode(),
    'with the public key as the secret of HS256': await new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256', kid: 'partner-1' })
      .sign(publicText),
    'with the name of the issuer and another key': await impostor.sign(good),
    'with a key of its own in the header': await impostor.sign(good, { jwk: impostor.trusted.jwks.keys[0], kid: undefined }),
    'of this issuer itself': await issuer.sign({ header: { typ: 'JWT' }, payload: { ...good, iss: issuer.issuer } }),
    'that is no JWT': 'assertion',
  }
  for (const [what, assertion] of Object.entries(assertions)) {
    expect({ what, ...(await present(issuer, assertion)) }).toMatchObject({ what, ...refused })
  }
})

test('asks for the assertion, and for a client that is registered for the grant', async () => {
  const { foreign, issuer, good } = await start({ clients: [{ clientId: 'job', clientSecret: 's' }] })

  expect((await present(issuer, await foreign.sign(good), {}, basic('job', 's'))).body).toMatchObject({ error: 'unauthorized_client' })
  expect((await present((await start()).issuer, '')).body).toMatchObject({ error: 'invalid_request' })
})

test('is no grant of an issuer that trusts nobody', async () => {
  const issuer = await createMockIssuer()
  const metadata = await (await issuer.fetch(`${issuer.issuer}/.well-known/openid-configuration`)).json()

  expect((await present(issuer, 'x')).body).toMatchObject({ error: 'unsupported_grant_type' })
  expect(metadata.grant_types_supported).not.toContain(grantType)
})
