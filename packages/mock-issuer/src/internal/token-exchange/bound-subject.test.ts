import { decodeJwt } from 'jose'
import { expect, test } from 'vitest'
import { createTestCertificate } from '../../../test/client-certificates.js'
import { basic, codeForm, logIn, post, service } from '../../../test/code-flow.js'
import { createDpopKey } from '../../../test/dpop.js'
import type { IssuerClient } from '../../client.js'
import { createMockIssuer } from '../../create-mock-issuer.js'
import type { MockIssuer } from '../../mock-issuer.js'

const grantType = 'urn:ietf:params:oauth:grant-type:token-exchange'
const accessTokenType = 'urn:ietf:params:oauth:token-type:access_token'
const key = await createDpopKey()

async function exchange(issuer: MockIssuer, form: Record<string, string>, headers: Record<string, string> = service) {
  const response = await post(issuer, '/token', { grant_type: grantType, subject_token_type: accessTokenType, ...form }, headers)
  const body = await response.json()
  return {
    status: response.status,
    error: body.error,
    type: body.token_type,
    claims: body.access_token ? decodeJwt(body.access_token) : {},
  }
}

const prove = async (issuer: MockIssuer, by = key) => ({ ...service, dpop: await by.proof({ url: `${issuer.issuer}/token` }) })
const invalid = { status: 400, error: 'invalid_request' }

test('gives a client that authenticates no bearer token for a stolen one that is bound to a DPoP key', async () => {
  const issuer = await createMockIssuer()
  const code = (await logIn(issuer)).get('code')
  const headers = { dpop: await key.proof({ url: `${issuer.issuer}/token` }) }
  const { access_token: token } = await (await post(issuer, '/token', codeForm(code), headers)).json()

  expect(await exchange(issuer, { subject_token: token })).toMatchObject(invalid)
  expect(await exchange(issuer, { subject_token: token }, await prove(issuer, await createDpopKey()))).toMatchObject(invalid)
  const proven = await exchange(issuer, { subject_token: token }, await prove(issuer))
  expect(proven).toMatchObject({ status: 200, type: 'DPoP', claims: { sub: 'john', client_id: 'service', cnf: { jkt: key.jkt } } })
})

test('gives a stranger that registered itself nothing for a stolen bound token', async () => {
  const issuer = await createMockIssuer()
  const body = JSON.stringify({ grant_types: [grantType], response_types: [], audience: 'api' })
  const request = { method: 'POST', headers: { 'content-type': 'application/json' }, body }
  const client = await (await issuer.fetch(`${issuer.issuer}/register`, request)).json()
  const form = { subject_token: await issuer.accessToken({ cnf: { jkt: key.jkt } }) }

  expect(await exchange(issuer, form, basic(client.client_id, client.client_secret))).toMatchObject(invalid)
})

test('asks for the certificate that a token is bound to, and for the key too if it is bound to both', async () => {
  const [own, other] = [await createTestCertificate({ subject: [['CN', 'job']] }), await createTestCertificate({ subject: [['CN', 'x']] })]
  const clients: IssuerClient[] = [
    { clientId: 'job', clientSecret: 's', tlsClientCertificateBoundAccessTokens: true, grantTypes: [grantType] },
  ]
  const issuer = await createMockIssuer({ clients })
  const ask = async (cnf: object, pem: string, dpop?: string) => {
    const form = { grant_type: grantType, subject_token_type: accessTokenType, subject_token: await issuer.accessToken({ cnf }) }
    const headers = { ...basic('job', 's'), ...(dpop === undefined ? {} : { dpop }) }
    const request = { method: 'POST', headers, body: new URLSearchParams(form), clientCertificate: { pem, chainTrusted: false } }
    return (await issuer.fetch(`${issuer.issuer}/token`, request)).json()
  }
  const bound = { 'x5t#S256': own.thumbprint }

  expect(await ask(bound, other.cert)).toMatchObject({ error: 'invalid_request' })
  expect(decodeJwt((await ask(bound, own.cert)).access_token)['cnf']).toEqual(bound)
  const both = { ...bound, jkt: key.jkt }
  expect(await ask(both, own.cert)).toMatchObject({ error: 'invalid_request' })
  const proof = await key.proof({ url: `${issuer.issuer}/token` })
  expect(decodeJwt((await ask(both, own.cert, proof)).access_token)['cnf']).toEqual(both)
})

test.each([[{}], [null], ['jkt'], [{ jwk: {} }], [{ jkt: 7 }], [{ jkt: key.jkt, kid: '1' }]])(
  'refuses a token that is bound to %j, which cannot be proven',
  async (cnf) => {
    const issuer = await createMockIssuer()

    expect(await exchange(issuer, { subject_token: await issuer.accessToken({ cnf }) }, await prove(issuer))).toMatchObject(invalid)
  },
)

test('asks for no proof of a client that the token was meant to get to: by its aud or its may_act', async () => {
  const registered = { clientSecret: 's', grantTypes: [grantType] } as const
  const clients: IssuerClient[] = [
    { clientId: 'orders', ...registered },
    { clientId: 'gateway', ...registered, audience: ['orders-api', 'billing-api'] },
  ]
  const issuer = await createMockIssuer({ clients })
  const ask = async (clientId: string, claims: object) => {
    const token = await issuer.accessToken({ cnf: { jkt: key.jkt }, ...claims })
    return (await exchange(issuer, { subject_token: token }, basic(clientId, 's'))).status
  }

  expect(await ask('orders', { aud: ['api', 'orders'] })).toBe(200)
  expect(await ask('gateway', { aud: 'billing-api' })).toBe(200)
  expect(await ask('orders', { may_act: { client_id: 'orders' } })).toBe(200)
  expect(await ask('orders', { may_act: { sub: 'orders' } })).toBe(200)
  expect(await ask('orders', { aud: 'billing-api' })).toBe(400)
  expect(await ask('gateway', { aud: 'api' })).toBe(400)
  expect(await ask('orders', { aud: undefined })).toBe(400)
  expect(await ask('orders', { may_act: { client_id: 'gateway' } })).toBe(400)
})

test('asks for the key of an actor token, whomever it is for', async () => {
  const issuer = await createMockIssuer()
  const actor = await issuer.accessToken({ sub: 'gateway', aud: 'service', cnf: { jkt: key.jkt } })
  const form = { subject_token: await issuer.accessToken(), actor_token: actor, actor_token_type: accessTokenType }

  expect(await exchange(issuer, form)).toMatchObject(invalid)
  expect(await exchange(issuer, form, await prove(issuer))).toMatchObject({ status: 200, claims: { act: { sub: 'gateway' } } })
})
