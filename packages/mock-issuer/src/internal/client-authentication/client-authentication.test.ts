import { expect, test } from 'vitest'
import { basic, post } from '../../../test/code-flow.js'
import { createMockIssuer } from '../../create-mock-issuer.js'

const id = 'a b:c+d%'
const secret = 's: +&=~%41'
const clients = [{ clientId: id, clientSecret: secret }, { clientId: 'plain', clientSecret: 'plain-secret' }, { clientId: 'app' }]
const grant = { grant_type: 'client_credentials' }

const encode = (text: string) => new URLSearchParams({ text }).toString().slice('text='.length)

async function request(form: Record<string, string>, headers: Record<string, string> = {}) {
  const response = await post(await createMockIssuer({ clients }), '/token', { ...grant, ...form }, headers)
  return { status: response.status, challenge: response.headers.get('www-authenticate'), body: await response.json() }
}

test('takes client_secret_basic with a form-encoded id and secret', async () => {
  expect((await request({}, basic(encode(id), encode(secret)))).status).toBe(200)
  expect((await request({}, { authorization: basic('plain', 'plain-secret').authorization.replace('Basic', 'basic') })).status).toBe(200)
})

test('takes client_secret_basic with the same client_id in the body', async () => {
  expect((await request({ client_id: 'plain' }, basic('plain', 'plain-secret'))).status).toBe(200)
})

test('takes client_secret_post', async () => {
  expect((await request({ client_id: id, client_secret: secret })).status).toBe(200)
})

test.each([
  ['no client', {}, {}],
  ['an unknown client', { client_id: 'nobody', client_secret: 'x' }, {}],
  ['a client by the name of a built-in', { client_id: '__proto__' }, {}],
  ['a wrong secret', { client_id: 'plain', client_secret: 'wrong' }, {}],
  ['a secret that only starts right', { client_id: 'plain', client_secret: 'plain-secret2' }, {}],
  ['no secret', { client_id: 'plain' }, {}],
  ['a secret from a public client', { client_id: 'app', client_secret: 'x' }, {}],
  ['an empty secret from a public client by basic', {}, basic('app', '')],
  ['a wrong secret by basic', {}, basic('plain', 'wrong')],
  ['an id and secret by basic that are not form-encoded', {}, basic(id, secret)],
  ['broken percent-encoding by basic', {}, basic('plain', '%zz')],
  ['basic without a colon', {}, { authorization: `Basic ${btoa('plain')}` }],
  ['basic that is not base64', {}, { authorization: 'Basic {plain}' }],
  ['basic that is not UTF-8', {}, { authorization: `Basic ${btoa('\xff:x')}` }],
  ['another scheme', {}, { authorization: 'Bearer abc' }],
  ['a client assertion', { client_id: 'plain', client_assertion: 'e30.e30.' }, {}],
])('answers 401 invalid_client, and how to authenticate, to %s', async (_, form, headers) => {
  const { status, challenge, body } = await request(form, headers)

  expect(status).toBe(401)
  expect(challenge).toBe('Basic realm="mock-issuer", charset="UTF-8"')
  expect(body).toEqual({ error: 'invalid_client', error_description: expect.any(String) })
})

test.each([
  ['secrets in the header and in the body', { client_id: 'plain', client_secret: 'plain-secret' }],
  ['another client_id in the body than in the header', { client_id: 'app' }],
])('answers invalid_request to %s', async (_, form) => {
  const { status, body } = await request(form, basic('plain', 'plain-secret'))

  expect(status).toBe(400)
  expect(body).toMatchObject({ error: 'invalid_request' })
})
