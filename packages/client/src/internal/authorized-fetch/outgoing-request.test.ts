import { expect, test } from 'vitest'
import { readOutgoingRequest } from './outgoing-request.js'

const url = 'https://api.example.com/orders'

test('reads a URL and init', () => {
  const { init, ...request } = readOutgoingRequest(url, { method: 'post', headers: { 'x-a': '1' }, body: 'text' })
  expect({ ...request, headers: [...request.headers] }).toEqual({
    url: new URL(url),
    method: 'POST',
    headers: [['x-a', '1']],
    isRepeatable: true,
  })
  expect(init).toMatchObject({ body: 'text', redirect: 'manual' })
})

test('reads a Request, and lets init go before it', () => {
  const given = new Request(url, { method: 'DELETE', headers: { 'x-a': '1' }, cache: 'no-store' })
  const { init, ...request } = readOutgoingRequest(given, { method: 'PUT', headers: { 'x-b': '2' }, body: 'text' })
  expect({ method: request.method, headers: [...request.headers] }).toEqual({ method: 'PUT', headers: [['x-b', '2']] })
  expect([init.cache, init.body, init.signal]).toEqual(['no-store', 'text', given.signal])
})

test('knows a body that can be sent once only', () => {
  const stream = new ReadableStream()
  expect(readOutgoingRequest(url, { method: 'POST', body: stream })).toMatchObject({ isRepeatable: false, init: { duplex: 'half' } })
  const given = new Request(url, { method: 'POST', body: 'text' })
  expect(readOutgoingRequest(given)).toMatchObject({ isRepeatable: false, init: { duplex: 'half', body: given.body } })
  async function* chunks() {
    yield new Uint8Array(1)
  }
  const init: object = { method: 'POST', body: chunks() }
  expect(readOutgoingRequest(url, init).isRepeatable).toBe(false)
})

test.each([
  ['nothing', null],
  ['a text', 'text'],
  ['a form', new URLSearchParams({ a: 'b' })],
  ['a multipart form', new FormData()],
  ['a blob', new Blob(['text'])],
  ['bytes', new Uint8Array(3)],
  ['a buffer', new ArrayBuffer(3)],
])('knows that %s can be sent again', (_, body) => {
  expect(readOutgoingRequest(url, { method: 'POST', body }).isRepeatable).toBe(true)
})

test('follows no redirect, whatever it is told', () => {
  expect(readOutgoingRequest(url, { redirect: 'follow' }).init.redirect).toBe('manual')
  expect(readOutgoingRequest(new Request(url, { redirect: 'follow' })).init.redirect).toBe('manual')
  expect(readOutgoingRequest(url, { redirect: 'error' }).init.redirect).toBe('error')
})

test.each(['/orders', 'not a url', 'https://john:secret@api.example.com/'])('has no URL for %s', (text) => {
  expect(readOutgoingRequest(text).url).toBe(undefined)
})

test('refuses the methods that fetch refuses', () => {
  expect(() => readOutgoingRequest(url, { method: 'TRACE' })).toThrow(TypeError)
})
