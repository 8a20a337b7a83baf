import { createMockIssuer } from '@bailiwick/mock-issuer'
import { decodeJwt } from 'jose'
import { expect, test } from 'vitest'
import { createService, withMembers } from '../../test/service.js'

const orders = 'https://orders.example.com'
const bills = 'https://bills.example.com'

test('client_credentials asks for scope, resources and what else is said', async () => {
  const sent: URLSearchParams[] = []
  const { issuer } = await createService({ issuer: { audience: [orders, bills], authorizationDetailsTypes: ['payment'] } })
  const { client } = await createService({
    client: {
      issuer: issuer.issuer,
      now: issuer.clock.now,
      fetch(url, init) {
        if (url.endsWith('/token')) sent.push(new URLSearchParams(init.body as string))
        return issuer.fetch(url, init)
      },
    },
  })
  const tokens = await client.clientCredentials({
    scope: 'orders_read',
    resource: [orders, bills],
    authorizationDetails: [{ type: 'payment', amount: 3 }],
    parameters: { tenant: 'example' },
  })
  expect(decodeJwt(tokens.accessToken)).toMatchObject({ sub: 'service', scope: 'orders_read', aud: [orders, bills] })
  expect(tokens.authorizationDetails).toEqual([{ type: 'payment', amount: 3 }])
  expect([sent[0]?.getAll('resource'), sent[0]?.get('tenant')]).toEqual([[orders, bills], 'example'])
})

test.each(['grant_type', 'client_id', 'client_secret', 'client_assertion', 'scope', 'assertion', 'refresh_token', 'code_verifier'])(
  'lets nobody say %s by another way',
  async (name) => {
    const { issuer, client } = await createService()
    const asked = client.clientCredentials({ scope: 'orders_read', parameters: { [name]: 'x' } })
    await expect(asked).rejects.toMatchObject({ code: 'configuration_invalid', message: expect.stringContaining(`parameters.${name}`) })
    expect(issuer.requests.filter(({ endpoint }) => endpoint === 'token')).toEqual([])
  },
)

test('jwtBearer presents an assertion of another issuer', async () => {
  const partner = await createMockIssuer({ issuer: 'https://partner.example.com' })
  const { issuer, client } = await createService({
    issuer: { trustedIssuers: [{ issuer: partner.issuer, jwks: await partner.jwks() }] },
  })
  const assertion = await partner.idToken({ sub: 'john', aud: issuer.issuer, jti: 'one' })
  const tokens = await client.jwtBearer(assertion, { scope: 'orders_read' })
  expect(decodeJwt(tokens.accessToken)).toMatchObject({ sub: 'john', scope: 'orders_read' })
  await expect(client.jwtBearer('text')).rejects.toMatchObject({ code: 'request_refused', oauthError: { error: 'invalid_grant' } })
})

test('a refusal of a machine ends no session, since it has none', async () => {
  const { client } = await createService({ client: { authentication: { method: 'client_secret_basic', clientSecret: 'wrong' } } })
  await expect(client.clientCredentials()).rejects.toMatchObject({ code: 'request_refused', oauthError: { error: 'invalid_client' } })
})

test('an ID token that nobody asked for is verified all the same', async () => {
  const stranger = await createMockIssuer()
  const { issuer, client } = await createService({
    answer: async (answer) => withMembers({ id_token: await stranger.idToken({ aud: 'service' }) })(answer),
  })
  expect(issuer.issuer).toBe(stranger.issuer)
  await expect(client.clientCredentials()).rejects.toMatchObject({ code: 'response_invalid' })
})
