import { expect, test } from 'vitest'
import { basic, post, service } from '../../../test/code-flow.js'
import { createMockIssuer } from '../../create-mock-issuer.js'
import type { MockIssuer } from '../../mock-issuer.js'

const types = 'urn:ietf:params:oauth:token-type:'
const grant = { grant_type: `urn:ietf:params:oauth:grant-type:token-exchange`, subject_token_type: `${types}access_token` }

async function refused(issuer: MockIssuer, form: Record<string, string>, headers: Record<string, string> = service) {
  const response = await post(issuer, '/token', { ...grant, ...form }, headers)
  return { status: response.status, error: (await response.json()).error }
}

const invalid = { status: 400, error: 'invalid_request' }

test('refuses subject tokens that do not stand', async () => {
  const issuer = await createMockIssuer()
  const namesake = await createMockIssuer()
  const revoked = await issuer.accessToken({ client_id: 'service' })
  await post(issuer, '/revoke', { token: revoked }, service)
  const good = await issuer.accessToken()
  const forged = await issuer.sign({
    header: { typ: 'at+jwt' },
    payload: { iss: issuer.issuer, sub: 'john', aud: 'api', exp: 4e9, scope: 'admin' },
  })
  const tokens = {
    'an expired one': await issuer.accessToken({}, { expiresInSeconds: -1 }),
    'a revoked one': revoked,
    'one of another issuer by the same name': await namesake.accessToken(),
    'one that was signed here and never issued': forged,
    'one with another signature': `${good.slice(0, -4)}AAAA`,
    'one without a signature': `${btoa('{"alg":"none","typ":"at+jwt"}').replaceAll('=', '')}.${good.split('.')[1]}.`,
    'a text': 'token',
  }
  for (const [what, subjectToken] of Object.entries(tokens)) {
    for (const type of ['access_token', 'jwt']) {
      const form = { subject_token: subjectToken, subject_token_type: types + type }
      expect({ what, type, ...(await refused(issuer, form)) }).toEqual({ what, type, ...invalid })
    }
  }
})

test('refuses types that are not what the token is', async () => {
  const issuer = await createMockIssuer()
  const accessToken = await issuer.accessToken({ aud: 'service' })
  const idToken = await issuer.idToken({ aud: 'service' })

  expect(await refused(issuer, { subject_token: accessToken, subject_token_type: `${types}id_token` })).toEqual(invalid)
  expect(await refused(issuer, { subject_token: idToken })).toEqual(invalid)
  expect(await refused(issuer, { subject_token: accessToken, subject_token_type: `${types}refresh_token` })).toEqual(invalid)
  expect(await refused(issuer, { subject_token: accessToken, subject_token_type: 'access_token' })).toEqual(invalid)
  expect(await refused(issuer, { subject_token: accessToken, subject_token_type: '' })).toEqual(invalid)
  expect(await refused(issuer, { subject_token_type: `${types}jwt` })).toEqual(invalid)
  const logoutToken = await issuer.sign({
    header: { typ: 'logout+jwt' },
    payload: { iss: issuer.issuer, sub: 'john', aud: 'service', exp: 4e9 },
  })
  expect(await refused(issuer, { subject_token: logoutToken, subject_token_type: `${types}jwt` })).toEqual(invalid)
})

test('refuses an ID token of another client', async () => {
  const issuer = await createMockIssuer()
  const form = { subject_token: await issuer.idToken({ aud: 'app' }), subject_token_type: `${types}id_token` }

  expect(await refused(issuer, form)).toEqual(invalid)
  expect(await refused(issuer, { ...form, subject_token_type: `${types}jwt` })).toEqual(invalid)
})

test.each([
  ['invalid_scope', { scope: 'orders_read admin' }],
  ['invalid_scope', { scope: 'orders_read  orders_read' }],
  ['invalid_target', { audience: 'billing-api' }],
  ['invalid_target', { resource: 'https://billing.example.com/' }],
  ['invalid_target', { resource: 'api' }],
  ['invalid_request', { requested_token_type: `${types}refresh_token` }],
  ['invalid_request', { requested_token_type: `${types}id_token` }],
  ['invalid_request', { actor_token_type: `${types}access_token` }],
  ['invalid_request', { actor_token: 'token', actor_token_type: `${types}access_token` }],
  ['invalid_request', { actor_token: 'token' }],
])('answers %s to an exchange for more than there is: %j', async (error, form) => {
  const issuer = await createMockIssuer()

  expect(await refused(issuer, { subject_token: await issuer.accessToken({ scope: 'orders_read' }), ...form })).toEqual({
    status: 400,
    error,
  })
})

test('refuses an audience next to one that is allowed', async () => {
  const issuer = await createMockIssuer()
  const form = new URLSearchParams({ ...grant, subject_token: await issuer.accessToken(), audience: 'api' })
  const response = await post(issuer, '/token', `${form.toString()}&audience=billing-api`, service)

  expect(await response.json()).toMatchObject({ error: 'invalid_target' })
})

test('lets nobody act whom the may_act of the subject does not name', async () => {
  const issuer = await createMockIssuer()
  const actor = async (sub: string) => ({ actor_token: await issuer.accessToken({ sub }), actor_token_type: `${types}access_token` })
  const withMayAct = async (mayAct: unknown) => ({ subject_token: await issuer.accessToken({ may_act: mayAct }) })

  expect(await refused(issuer, { ...(await withMayAct({ sub: 'gateway' })), ...(await actor('mallory')) })).toEqual(invalid)
  expect(await refused(issuer, { ...(await withMayAct({ sub: 'gateway' })) })).toEqual(invalid)
  expect(
    await refused(issuer, { ...(await withMayAct({ sub: 'gateway', iss: 'https://other.example.com' })), ...(await actor('gateway')) }),
  ).toEqual(invalid)
  const heldOfGateway = { actor_token: await issuer.accessToken({ client_id: 'gateway' }), actor_token_type: `${types}access_token` }
  expect(await refused(issuer, { ...(await withMayAct({ client_id: 'gateway' })), ...heldOfGateway })).toEqual(invalid)
  for (const mayAct of [{}, [], 'gateway', null, { iss: issuer.issuer }, { sub: ['gateway'] }]) {
    expect({ mayAct, ...(await refused(issuer, { ...(await withMayAct(mayAct)), ...(await actor('gateway')) })) }).toEqual({
      mayAct,
      ...invalid,
    })
  }
  expect((await refused(issuer, { ...(await withMayAct({ sub: 'gateway' })), ...(await actor('gateway')) })).status).toBe(200)
  expect((await refused(issuer, await withMayAct({ sub: 'service' }))).status).toBe(200)
})

test('does not lose the may_act by an exchange', async () => {
  const issuer = await createMockIssuer()
  const subject = await issuer.accessToken({ may_act: { client_id: 'service' } })
  const first = await (await post(issuer, '/token', { ...grant, subject_token: subject }, service)).json()
  const mallory = { actor_token: await issuer.accessToken({ sub: 'mallory', client_id: 'm' }), actor_token_type: `${types}access_token` }

  expect(await refused(issuer, { subject_token: first.access_token, ...mallory })).toEqual(invalid)
})

test('does not loosen a bound token for a public client, and does for the API that it is for', async () => {
  const clients = [
    { clientId: 'spa', grantTypes: [grant.grant_type] as ['urn:ietf:params:oauth:grant-type:token-exchange'] },
    { clientId: 'api', clientSecret: 's', grantTypes: [grant.grant_type] as ['urn:ietf:params:oauth:grant-type:token-exchange'] },
  ]
  const issuer = await createMockIssuer({ clients })
  const form = { subject_token: await issuer.accessToken({ cnf: { jkt: 'x'.repeat(43) } }) }

  expect(await refused(issuer, { ...form, client_id: 'spa' }, {})).toEqual(invalid)
  expect((await refused(issuer, form, basic('api', 's'))).status).toBe(200)
})

test('lets no chain of actors grow beyond ten', async () => {
  const issuer = await createMockIssuer()
  let act: object | undefined
  for (let index = 0; index < 10; index += 1) act = { sub: `actor-${index}`, ...(act === undefined ? {} : { act }) }
  const subject = { subject_token: await issuer.accessToken({ act }) }

  expect((await refused(issuer, subject)).status).toBe(200)
  expect(await refused(issuer, { ...subject, actor_token: await issuer.accessToken(), actor_token_type: `${types}access_token` })).toEqual(
    invalid,
  )
})

test('is for the clients alone that are registered for it', async () => {
  const issuer = await createMockIssuer({ clients: [{ clientId: 'job', clientSecret: 's' }] })
  const form = { subject_token: await issuer.accessToken() }

  expect(await refused(issuer, form, basic('job', 's'))).toEqual({ status: 400, error: 'unauthorized_client' })
})
