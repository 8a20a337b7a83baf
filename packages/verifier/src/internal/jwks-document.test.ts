import { describe, expect, it } from 'vitest'
import { createFakeJwksEndpoint } from '../../test/fake-jwks-endpoint.js'
import { createTestKey } from '../../test/token-factory.js'
import { fetchJwksDocument, type JwksDocument, sendableEtag } from './jwks-document.js'

const { jwk } = await createTestKey('a')

function setUp() {
  const endpoint = createFakeJwksEndpoint(() => 0, [jwk])
  const load = (previous?: JwksDocument) =>
    fetchJwksDocument({ uri: endpoint.uri, previous, fetch: endpoint.fetch, timeoutMs: 1000, maxBytes: 100_000, maxKeys: 10 })
  return { endpoint, load }
}

function json(contentType: string): Response {
  return new Response(JSON.stringify({ keys: [jwk] }), { headers: { 'content-type': contentType } })
}

describe('fetchJwksDocument', () => {
  it.each(['application/json', 'application/json; charset=utf-8', 'application/jwk-set+json', 'Application/JWK-Set+JSON'])(
    'reads %s, and asks for it',
    async (contentType) => {
      const { endpoint, load } = setUp()
      let accepted: string | null = null
      endpoint.answer = (headers) => {
        accepted = headers.get('accept')
        return json(contentType)
      }
      const { value } = await load()
      expect(value.keySet.keys.map(({ kid }) => kid)).toEqual(['a'])
      expect(accepted).toBe('application/jwk-set+json, application/json')
    },
  )

  it.each(['text/html', 'text/plain', 'application/jose', 'application/jsonp', ''])('does not read %j', async (contentType) => {
    const { endpoint, load } = setUp()
    endpoint.answer = () => json(contentType)
    await expect(load()).rejects.toThrow('https://login.example.com/jwks answered with something other than JSON')
  })

  it.each([201, 204, 206, 304, 400, 401, 404, 429, 500, 503])('does not read an answer with the status %d', async (status) => {
    const { endpoint, load } = setUp()
    endpoint.answer = () => new Response(status === 204 || status === 304 ? null : '{"keys":[]}', { status })
    await expect(load()).rejects.toThrow(`https://login.example.com/jwks answered ${status}`)
  })

  it('says where it looked, whatever came, and no query, in which there may be a secret', async () => {
    const { endpoint } = setUp()
    const load = (body: string) => {
      endpoint.answer = () => new Response(body, { headers: { 'content-type': 'application/json' } })
      const uri = `${endpoint.uri}?key=not-to-be-told`
      return fetchJwksDocument({ uri, previous: undefined, fetch: endpoint.fetch, timeoutMs: 1000, maxBytes: 100_000, maxKeys: 1 })
    }
    await expect(load('{')).rejects.toThrow(/^https:\/\/login\.example\.com\/jwks answered with something unusable: The text \(1 character/)
    await expect(load('{}')).rejects.toThrow(
      'https://login.example.com/jwks answered with something unusable: not a JWK Set: no array "keys"',
    )
    await expect(load('{"keys":[{},{}]}')).rejects.toThrow('unusable: the JWK Set has 2 keys, and maxKeys is 1')
    await expect(load('{"keys":[{}]}')).rejects.toThrow('unusable: the JWK Set has no key that can be used')
  })

  it('keeps the previous document when it is told that nothing has changed', async () => {
    const { endpoint, load } = setUp()
    endpoint.headers = { etag: 'W/"v1"' }
    const { value: previous } = await load()
    endpoint.answer = (headers) => new Response(null, { status: headers.get('if-none-match') === 'W/"v1"' ? 304 : 500 })
    expect((await load(previous)).value).toBe(previous)
  })

  it('does not ask conditionally for a document from another place', async () => {
    const { endpoint, load } = setUp()
    endpoint.headers = { etag: '"v1"' }
    const { value: previous } = await load()
    const asked: (string | null)[] = []
    endpoint.answer = (headers) => {
      asked.push(headers.get('if-none-match'))
      return new Response(null, { status: 304 })
    }
    await expect(load({ ...previous, uri: 'https://elsewhere.example.com/jwks' })).rejects.toThrow('answered 304')
    expect(asked).toEqual([null])
  })

  it('does not believe that nothing has changed when it did not ask', async () => {
    const { endpoint, load } = setUp()
    const { value: previous } = await load()
    endpoint.answer = () => new Response(null, { status: 304 })
    await expect(load(previous)).rejects.toThrow('answered 304')
  })
})

describe('sendableEtag', () => {
  it.each([
    ['"v1"', '"v1"'],
    ['W/"v1"', 'W/"v1"'],
    ['unquoted', 'unquoted'],
    ['', undefined],
    ['"a b"', undefined],
    ['"a\r\nx-injected: 1"', undefined],
    ['"é"', undefined],
    ['x'.repeat(256), 'x'.repeat(256)],
    ['x'.repeat(257), undefined],
    [null, undefined],
    [42, undefined],
  ])('of %j', (value, expected) => {
    expect(sendableEtag(value)).toBe(expected)
  })
})
