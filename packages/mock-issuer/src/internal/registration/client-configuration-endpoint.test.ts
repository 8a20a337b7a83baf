import { describe, expect, test } from 'vitest'
import { basic, post, service } from '../../../test/code-flow.js'
import { createMockIssuer } from '../../create-mock-issuer.js'

const callback = 'https://new.example.com/callback'

async function createRegistered(metadata: object = { redirect_uris: [callback], client_name: 'New app' }) {
  const issuer = await createMockIssuer()
  async function send(url: string, method: string, token?: string, body?: object) {
    const response = await issuer.fetch(url, {
      method,
      headers: { 'content-type': 'application/json', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return { response, status: response.status, body: text === '' ? undefined : JSON.parse(text) }
  }
  const { body: client } = await send(`${issuer.issuer}/register`, 'POST', undefined, metadata)
  const configure = (method: string, body?: object, token = client.registration_access_token) =>
    send(client.registration_client_uri, method, token, body)
  return { issuer, client, configure, send }
}

test('tells a client what it is registered with', async () => {
  const { client, configure } = await createRegistered()
  const read = await configure('GET')

  expect(read.status).toBe(200)
  expect(read.response.headers.get('cache-control')).toBe('no-store')
  expect(read.body).toEqual(client)
})

describe('a request without the token of the client', () => {
  test.each(['GET', 'PUT', 'DELETE'])('is refused, and does nothing: %s', async (method) => {
    const { client, configure, send } = await createRegistered()
    const other = (await createRegistered()).client.registration_access_token
    const refused = [
      await configure(method, method === 'PUT' ? { client_id: client.client_id } : undefined, other),
      await configure(method, undefined, ''),
      await send(client.registration_client_uri, method),
      await send(`${client.registration_client_uri}x`, method, client.registration_access_token),
      await send(client.registration_client_uri.replace(client.client_id, 'app'), method, client.registration_access_token),
      await send(client.registration_client_uri.replace(client.client_id, 'app'), method),
    ]

    expect(refused.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401, 401])
    expect(refused[0]?.response.headers.get('www-authenticate')).toContain('error="invalid_token"')
    expect((await configure('GET')).body).toEqual(client)
  })
})

describe('a replacement', () => {
  test('counts from then on, and what it leaves out is gone', async () => {
    const { issuer, client, configure } = await createRegistered()
    const other = 'https://other.example.com/callback'
    const { client_id, client_secret } = client
    const put = await configure('PUT', { client_id, client_secret, redirect_uris: [other] })
    const origins = ['https://new.example.com', 'https://other.example.com'].map(async (origin) => {
      const answer = await issuer.fetch(`${issuer.issuer}/token`, { method: 'POST', headers: { origin } })
      return answer.headers.get('access-control-allow-origin')
    })

    expect(put.status).toBe(200)
    const { client_name: _, ...rest } = client
    expect(put.body).toEqual({ ...rest, redirect_uris: [other] })
    expect((await configure('GET')).body).toEqual(put.body)
    expect(await Promise.all(origins)).toEqual([null, 'https://other.example.com'])
  })

  test('can make a confidential client public, and the other way round', async () => {
    const { client, configure } = await createRegistered()
    const base = { client_id: client.client_id, redirect_uris: [callback] }
    const open = await configure('PUT', { ...base, token_endpoint_auth_method: 'none' })
    const closed = await configure('PUT', base)

    expect(Object.keys(open.body)).not.toContain('client_secret')
    expect(closed.body.client_secret).toMatch(/^[\w-]{43}$/)
    expect(closed.body.client_secret).not.toBe(client.client_secret)
  })

  test.each<[string, object]>([
    ['invalid_client_metadata', { client_id: undefined }],
    ['invalid_client_metadata', { client_id: 'app' }],
    ['invalid_client_metadata', { client_secret: 'mine' }],
    ['invalid_client_metadata', { registration_access_token: 'x' }],
    ['invalid_client_metadata', { registration_client_uri: 'https://example.com' }],
    ['invalid_client_metadata', { client_secret_expires_at: 0 }],
    ['invalid_client_metadata', { client_id_issued_at: 0 }],
    ['invalid_client_metadata', { grant_types: ['implicit'] }],
    ['invalid_redirect_uri', { redirect_uris: ['http://new.example.com/'] }],
  ])('is answered %s, and changes nothing: %j', async (error, changes) => {
    const { client, configure } = await createRegistered()
    const put = await configure('PUT', { client_id: client.client_id, redirect_uris: [callback], ...changes })

    expect([put.status, put.body.error]).toEqual([400, error])
    expect((await configure('GET')).body).toEqual(client)
  })
})

test('ends a registration, with all that was issued to the client', async () => {
  const { issuer, client, configure } = await createRegistered({ grant_types: ['client_credentials'] })
  const authentication = basic(client.client_id, client.client_secret)
  const machine = { grant_type: 'client_credentials' }
  const { access_token: token } = await (await post(issuer, '/token', machine, authentication)).json()
  const isActive = async () => (await (await post(issuer, '/introspect', { token }, service)).json()).active
  const before = await isActive()
  const ended = await configure('DELETE')

  expect([before, ended.status, ended.body, await isActive()]).toEqual([true, 204, undefined, false])
  expect((await post(issuer, '/token', machine, authentication)).status).toBe(401)
  expect((await configure('GET')).status).toBe(401)
  expect((await configure('DELETE')).status).toBe(401)
})

test('answers 405 to other methods, and says what is allowed', async () => {
  const { client, send } = await createRegistered()
  const answer = await send(client.registration_client_uri, 'POST', undefined, {})

  expect(answer.status).toBe(405)
  expect(answer.response.headers.get('allow')).toBe('GET, HEAD, PUT, DELETE, OPTIONS')
})

test('logs a request under its name', async () => {
  const { issuer, configure } = await createRegistered()
  await configure('GET')

  expect(issuer.requests.map(({ endpoint }) => endpoint)).toEqual(['registration', 'client-configuration'])
})
