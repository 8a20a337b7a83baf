import { decodeJwt } from 'jose'
import { expect, test } from 'vitest'
import { post, service } from '../../../test/code-flow.js'
import { createForeignIssuer, foreignIssuerName } from '../../../test/foreign-issuer.js'
import { createMockIssuer } from '../../create-mock-issuer.js'

const types = 'urn:ietf:params:oauth:token-type:'
const nowSeconds = Date.UTC(2026, 0, 1) / 1000

async function start() {
  const foreign = await createForeignIssuer()
  const users = [{ sub: 'john', claims: { account_nr: '42' } }]
  const issuer = await createMockIssuer({ now: () => nowSeconds * 1000, trustedIssuers: [foreign.trusted], users })
  const good = { sub: 'john', aud: issuer.issuer, exp: nowSeconds + 60, scope: 'orders_read', account_nr: '1', role: 'admin' }
  async function exchange(subjectToken: string, type: string, more: Record<string, string> = {}) {
    const grant = {
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      subject_token: subjectToken,
      subject_token_type: types + type,
    }
    return (await post(issuer, '/token', { ...grant, ...more }, service)).json()
  }
  return { foreign, issuer, good, exchange }
}

test('takes a token of a trusted issuer for its subject and scopes, and the claims from the user of that name', async () => {
  const { foreign, issuer, good, exchange } = await start()
  for (const [type, header] of [
    ['access_token', { typ: 'at+jwt' }],
    ['jwt', {}],
    ['jwt', { typ: 'application/AT+JWT' }],
  ] as const) {
    const claims = decodeJwt((await exchange(await foreign.sign(good, header), type)).access_token)
    expect(claims).toMatchObject({ iss: issuer.issuer, sub: 'john', aud: 'api', scope: 'orders_read', account_nr: '42', exp: good.exp })
    expect(Object.keys(claims)).not.toContain('role')
  }
})

test('takes an ID token that a trusted issuer made for the client, or for this issuer', async () => {
  const { foreign, good, exchange } = await start()

  expect(decodeJwt((await exchange(await foreign.sign({ ...good, aud: 'service' }, { typ: 'JWT' }), 'id_token')).access_token).sub).toBe(
    'john',
  )
  expect(decodeJwt((await exchange(await foreign.sign(good), 'id_token')).access_token).sub).toBe('john')
})

test('names an actor of another issuer together with that issuer', async () => {
  const { foreign, issuer, good, exchange } = await start()
  const actor = { actor_token: await foreign.sign({ ...good, sub: 'gateway' }), actor_token_type: `${types}jwt` }
  const { access_token: token } = await exchange(await issuer.accessToken({ sub: 'jane' }), 'access_token', actor)

  expect(decodeJwt(token)).toMatchObject({ sub: 'jane', act: { iss: foreignIssuerName, sub: 'gateway' } })
})

test.each([
  ['for another audience', { aud: 'https://other.example.com' }, { typ: 'at+jwt' }, 'access_token'],
  ['for the API, which is not this issuer', { aud: 'api' }, { typ: 'at+jwt' }, 'access_token'],
  ['that has expired', { exp: nowSeconds }, { typ: 'at+jwt' }, 'access_token'],
  ['of an issuer that is not trusted', { iss: 'https://mallory.example.com' }, { typ: 'at+jwt' }, 'access_token'],
  ['that is a plain JWT called an access token', {}, {}, 'access_token'],
  ['that is an access token called an ID token', {}, { typ: 'at+jwt' }, 'id_token'],
  ['that was made for another client', { aud: 'app' }, {}, 'id_token'],
  ['without a subject', { sub: undefined }, {}, 'jwt'],
])('refuses a token %s', async (_, claims, header, type) => {
  const { foreign, good, exchange } = await start()

  expect(await exchange(await foreign.sign({ ...good, ...claims }, header), type)).toMatchObject({ error: 'invalid_request' })
})
