import { decodeJwt, generateKeyPair, SignJWT } from 'jose'
import { expect, test } from 'vitest'
import { createService, withMembers } from '../../test/service.js'

const orders = 'https://orders.example.com'
const bills = 'https://bills.example.com'

test('swaps a token for one with less in it, and another audience', async () => {
  const { issuer, client } = await createService({ issuer: { audience: [orders, bills] } })
  const subjectToken = await issuer.accessToken({ sub: 'john', scope: 'orders_read orders_write', client_id: 'app' })
  const tokens = await client.exchange({ subjectToken, scope: 'orders_read', resource: bills })
  expect(decodeJwt(tokens.accessToken)).toMatchObject({ sub: 'john', scope: 'orders_read', aud: bills })
  expect([tokens.refreshToken, tokens.claims]).toEqual([undefined, undefined])
})

test('shows in act who acts', async () => {
  const { issuer, client } = await createService()
  const subjectToken = await issuer.accessToken({ sub: 'john', scope: 'orders_read' })
  const { accessToken: actorToken } = await client.clientCredentials()
  const tokens = await client.exchange({ subjectToken, actorToken, scope: 'orders_read' })
  expect(decodeJwt(tokens.accessToken)).toMatchObject({ sub: 'john', act: { sub: 'service' } })
})

test('refuses to be given what cannot be used as an access token', async () => {
  const { issuer, client } = await createService({
    answer: withMembers({ token_type: 'N_A', issued_token_type: 'urn:ietf:params:oauth:token-type:refresh_token' }),
  })
  const subjectToken = await issuer.accessToken({ sub: 'john' })
  await expect(client.exchange({ subjectToken })).rejects.toMatchObject({ code: 'response_invalid' })
})

test('says what the server refuses', async () => {
  const { client } = await createService()
  await expect(client.exchange({ subjectToken: 'text' })).rejects.toMatchObject({
    code: 'request_refused',
    oauthError: { error: 'invalid_request' },
  })
})

test('refuses an ID token that the server has not signed', async () => {
  const { privateKey } = await generateKeyPair('ES256')
  const { issuer, client } = await createService({
    async answer(genuine) {
      const now = Math.floor(issuer.clock.now() / 1000)
      const claims = { iss: issuer.issuer, sub: 'john', aud: 'service', iat: now, exp: now + 300 }
      const idToken = await new SignJWT(claims).setProtectedHeader({ alg: 'ES256' }).sign(privateKey)
      return withMembers({ id_token: idToken })(genuine)
    },
  })
  const subjectToken = await issuer.accessToken({ sub: 'john', scope: 'orders_read', client_id: 'app' })
  await expect(client.exchange({ subjectToken, scope: 'orders_read' })).rejects.toMatchObject({ code: 'response_invalid' })
})
