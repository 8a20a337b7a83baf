import { expect, test } from 'vitest'
import { describeRequest } from './request-description.js'

const url = 'https://login.example.com/token'

function post(form: Record<string, string>, headers: Record<string, string> = {}): Request {
  return new Request(url, { method: 'POST', body: new URLSearchParams(form), headers })
}

function assertion(claims: object): string {
  return `e30.${btoa(JSON.stringify(claims)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')}.c2ln`
}

test('reads client, grant type and scope of a form, and leaves it to be read', async () => {
  const request = post({ client_id: 'app', grant_type: 'refresh_token', scope: 'a b', refresh_token: 'secret' })

  expect(await describeRequest(request)).toEqual({ clientId: 'app', grantType: 'refresh_token', scope: 'a b' })
  expect(await request.text()).toBe('client_id=app&grant_type=refresh_token&scope=a+b&refresh_token=secret')
})

test('reads the client of HTTP Basic, and not its secret', async () => {
  const request = post({ grant_type: 'client_credentials' }, { authorization: `Basic ${btoa('a%20client:secret')}` })

  expect(await describeRequest(request, new Map([['a client', {}]]))).toEqual({
    clientId: 'a client',
    grantType: 'client_credentials',
    scope: undefined,
  })
})

test('takes what HTTP Basic has where the id belongs for a secret, unless it is the id of a client', async () => {
  const request = post({}, { authorization: `Basic ${btoa('secret:app')}` })

  expect(await describeRequest(request, new Map([['app', {}]]))).toMatchObject({ clientId: undefined })
})

test('reads the client that an assertion is about', async () => {
  expect(await describeRequest(post({ client_assertion: assertion({ sub: 'app?>' }) }))).toMatchObject({ clientId: 'app?>' })
})

test.each(['x', 'a.b.c', 'a.!.c', `a.${btoa('null')}.c`, `a.${btoa('{"sub":5}')}.c`])(
  'finds no client in the assertion %j',
  async (client_assertion) => {
    expect(await describeRequest(post({ client_assertion }))).toMatchObject({ clientId: undefined })
  },
)

test('reads the query of an authorization request', async () => {
  const request = new Request(`${url}?client_id=app&scope=openid&state=secret`)

  expect(await describeRequest(request)).toEqual({ clientId: 'app', grantType: undefined, scope: 'openid' })
})

test('reads no body that is no form', async () => {
  const request = new Request(url, { method: 'POST', body: '{"client_id":"app"}', headers: { 'content-type': 'application/json' } })

  expect(await describeRequest(request)).toEqual({ clientId: undefined, grantType: undefined, scope: undefined })
})

test('keeps a bounded part of what it reads', async () => {
  const { clientId, scope } = await describeRequest(post({ client_id: 'c'.repeat(10_000), scope: 's'.repeat(10_000) }))

  expect([clientId?.length, scope?.length]).toEqual([256, 1_024])
})

test('stops reading a body that does not end', async () => {
  let read = 0
  const body = new ReadableStream({
    pull(controller) {
      read += 1_000
      controller.enqueue(new TextEncoder().encode(`client_id=app&${'x'.repeat(986)}`))
    },
  })
  const init: RequestInit & { duplex: 'half' } = { method: 'POST', body, duplex: 'half' }
  const request = new Request(url, { ...init, headers: { 'content-type': 'application/x-www-form-urlencoded' } })

  expect(await describeRequest(request)).toMatchObject({ clientId: 'app' })
  expect(read).toBeLessThan(80_000)
})

test('makes do with what came of a body that breaks off', async () => {
  const body = new ReadableStream({
    pull: (controller) => controller.error(new Error('gone')),
  })
  const init: RequestInit & { duplex: 'half' } = { method: 'POST', body, duplex: 'half' }
  const request = new Request(url, { ...init, headers: { 'content-type': 'application/x-www-form-urlencoded' } })

  expect(await describeRequest(request)).toEqual({ clientId: undefined, grantType: undefined, scope: undefined })
})
