import { createMockIssuer, type IssuerClient } from '@bailiwick/mock-issuer'
import { decodeJwt, decodeProtectedHeader, exportJWK, generateKeyPair } from 'jose'
import { expect, test } from 'vitest'
import type { ClientAuthentication, ClientSigningAlgorithm } from '../client-authentication.js'
import { createClient } from '../create-client.js'

const clientId = 'a client:with + and %'
const clientSecret = 'a secret: with + / = % and &, of more than 32 bytes'

/** An issuer that knows the client by one method alone, and what the client sends to its token endpoint. */
async function setUp(registered: Partial<IssuerClient>, authentication: ClientAuthentication) {
  const sent: { authorization: string | null; form: URLSearchParams }[] = []
  const issuer = await createMockIssuer({
    now: () => 1_800_000_000_000,
    clients: [{ clientId, grantTypes: ['client_credentials'], ...registered }],
  })
  const client = createClient({
    issuer: issuer.issuer,
    clientId,
    authentication,
    now: issuer.clock.now,
    fetch(url, init) {
      if (url.endsWith('/token')) {
        sent.push({ authorization: new Headers(init.headers).get('authorization'), form: new URLSearchParams(init.body as string) })
      }
      return issuer.fetch(url, init)
    },
  })
  return { issuer, client, sent }
}

test('client_secret_basic sends both halves form-encoded, in the header alone', async () => {
  const { client, sent } = await setUp(
    { clientSecret, tokenEndpointAuthMethod: 'client_secret_basic' },
    { method: 'client_secret_basic', clientSecret },
  )
  expect((await client.clientCredentials()).tokenType).toBe('Bearer')
  const halves = atob(sent[0]?.authorization?.replace('Basic ', '') ?? '').split(':')
  expect(halves.map((half) => new URLSearchParams(`half=${half}`).get('half'))).toEqual([clientId, clientSecret])
  expect([...(sent[0]?.form.keys() ?? [])]).toEqual(['grant_type'])
})

test('client_secret_post sends them in the form alone', async () => {
  const { client, sent } = await setUp(
    { clientSecret, tokenEndpointAuthMethod: 'client_secret_post' },
    { method: 'client_secret_post', clientSecret },
  )
  await client.clientCredentials()
  expect([sent[0]?.authorization, sent[0]?.form.get('client_id'), sent[0]?.form.get('client_secret')]).toEqual([
    null,
    clientId,
    clientSecret,
  ])
})

test('client_secret_jwt sends an assertion, and no secret', async () => {
  const { client, sent } = await setUp(
    { clientSecret, tokenEndpointAuthMethod: 'client_secret_jwt' },
    { method: 'client_secret_jwt', clientSecret },
  )
  await client.clientCredentials()
  await client.clientCredentials()
  const [one = '', two = ''] = sent.map(({ form }) => form.get('client_assertion') ?? '')
  expect(decodeProtectedHeader(one).alg).toBe('HS256')
  expect(decodeJwt(one).jti).not.toBe(decodeJwt(two).jti)
  expect(JSON.stringify(sent.map(({ form }) => [...form]))).not.toContain('a secret')
})

test.each(['ES256', 'ES384', 'RS256', 'PS256', 'Ed25519'] as const)(
  'private_key_jwt signs with %s, for the issuer and a minute',
  async (algorithm: ClientSigningAlgorithm) => {
    const { publicKey, privateKey } = await generateKeyPair(algorithm, { extractable: true })
    const jwk = await exportJWK(privateKey)
    const { client, sent, issuer } = await setUp(
      { tokenEndpointAuthMethod: 'private_key_jwt', jwks: { keys: [{ ...(await exportJWK(publicKey)), kid: 'one' }] } },
      { method: 'private_key_jwt', privateKey: jwk, algorithm, kid: 'one' },
    )
    await client.clientCredentials()
    const assertion = sent[0]?.form.get('client_assertion') ?? ''
    expect(decodeProtectedHeader(assertion)).toMatchObject({ kid: 'one', alg: algorithm })
    expect(decodeJwt(assertion)).toMatchObject({
      iss: clientId,
      sub: clientId,
      aud: issuer.issuer,
      iat: 1_800_000_000,
      exp: 1_800_000_060,
    })
  },
)

test('private_key_jwt takes a CryptoKey that cannot be exported', async () => {
  const { publicKey, privateKey } = await generateKeyPair('ES256')
  const { client } = await setUp(
    { tokenEndpointAuthMethod: 'private_key_jwt', jwks: { keys: [await exportJWK(publicKey)] } },
    { method: 'private_key_jwt', privateKey },
  )
  expect((await client.clientCredentials()).tokenType).toBe('Bearer')
})

test('a public client says who it is, and proves nothing', async () => {
  const { client, sent } = await setUp({ grantTypes: ['refresh_token', 'authorization_code'] }, { method: 'none' })
  await expect(client.clientCredentials()).rejects.toMatchObject({ oauthError: { error: 'unauthorized_client' } })
  expect([sent[0]?.authorization, sent[0]?.form.get('client_id')]).toEqual([null, clientId])
})

test.each<[string, ClientAuthentication]>([
  ['another secret', { method: 'client_secret_basic', clientSecret: 'another secret of more than 32 bytes' }],
  ['another method', { method: 'client_secret_post', clientSecret }],
  ['no proof', { method: 'none' }],
])('%s is refused by the server, and the error holds no secret', async (_, authentication) => {
  const { client } = await setUp({ clientSecret, tokenEndpointAuthMethod: 'client_secret_basic' }, authentication)
  const error: unknown = await client.clientCredentials().catch((cause: unknown) => cause)
  expect(error).toMatchObject({ code: 'request_refused', oauthError: { error: 'invalid_client', status: 401 } })
  expect(JSON.stringify([String(error), error])).not.toMatch(/secret of|a secret:/)
})
