import { expect, test } from 'vitest'
import { post, service } from '../../../test/code-flow.js'
import { createMockIssuer } from '../../create-mock-issuer.js'

const grant = { grant_type: 'client_credentials' }

test.each([
  ['unsupported_grant_type', 'an unknown grant', { grant_type: 'password' }],
  ['unsupported_grant_type', 'a grant by the name of a built-in', { grant_type: '__proto__' }],
  ['invalid_request', 'no grant', { scope: 'a' }],
  ['invalid_request', 'a grant without a value, which counts as left out', { grant_type: '' }],
])('answers %s to %s', async (error, _, form) => {
  const issuer = await createMockIssuer()
  const response = await post(issuer, '/token', form, service)

  expect(response.status).toBe(400)
  expect(response.headers.get('content-type')).toBe('application/json')
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(await response.json()).toMatchObject({ error })
})

test('refuses a repeated parameter, even one that no one knows', async () => {
  const issuer = await createMockIssuer()
  for (const form of ['grant_type=client_credentials&grant_type=client_credentials', 'grant_type=client_credentials&x=&x=1']) {
    expect(await (await post(issuer, '/token', form, service)).json()).toMatchObject({ error: 'invalid_request' })
  }
})

test('reads its parameters from a form body only', async () => {
  const issuer = await createMockIssuer()
  const url = `${issuer.issuer}/token?grant_type=client_credentials`
  const json = { 'content-type': 'application/json', ...service }

  for (const init of [{ body: JSON.stringify(grant), headers: json }, { headers: service }]) {
    const response = await issuer.fetch(url, { method: 'POST', ...init })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ error: 'invalid_request' })
  }
})

test('takes a form with a charset', async () => {
  const issuer = await createMockIssuer()
  const headers = { 'content-type': 'application/x-www-form-urlencoded;charset=UTF-8', ...service }

  expect((await post(issuer, '/token', grant, headers)).status).toBe(200)
})

test('reads no more than 64 kB', async () => {
  const issuer = await createMockIssuer()
  const response = await post(issuer, '/token', { ...grant, padding: 'x'.repeat(65_536) }, service)

  expect(response.status).toBe(413)
  expect(await response.json()).toMatchObject({ error: 'invalid_request' })
})

test('refuses a body that is not UTF-8', async () => {
  const issuer = await createMockIssuer()
  const headers = { 'content-type': 'application/x-www-form-urlencoded', ...service }
  const response = await issuer.fetch(`${issuer.issuer}/token`, { method: 'POST', body: new Uint8Array([0x61, 0xff]), headers })

  expect(await response.json()).toMatchObject({ error: 'invalid_request' })
})

test('logs neither codes, nor secrets, nor tokens', async () => {
  const issuer = await createMockIssuer({ now: () => 1 })
  await issuer.fetch(`${issuer.issuer}/token?code=secret`, {
    method: 'POST',
    headers: service,
    body: new URLSearchParams({ code: 'secret' }),
  })

  expect(issuer.requests).toEqual([
    {
      timeMs: 1,
      method: 'POST',
      path: '/mock-issuer/token',
      endpoint: 'token',
      clientId: 'service',
      status: 400,
      refusal: { error: 'invalid_request', description: 'The parameter grant_type is missing.' },
    },
  ])
})
