import { expect, test } from 'vitest'
import { createMockIssuer } from '../../create-mock-issuer.js'
import type { MockIssuerOptions } from '../../mock-issuer-options.js'

async function open(options: MockIssuerOptions = {}) {
  const issuer = await createMockIssuer(options)
  const load = (headers: Record<string, string> = {}) => issuer.fetch(`${issuer.issuer}/jwks`, { headers })
  return { issuer, load, first: await load() }
}

test('publishes public keys, each with its kid, use and alg, and nothing private', async () => {
  const { issuer, load } = await open()
  for (const algorithm of ['RS256', 'PS256', 'EdDSA'] as const) await issuer.accessToken({}, { algorithm })
  const { keys } = await (await load()).json()

  expect(keys).toEqual((await issuer.jwks()).keys)
  expect(keys.map((key: object) => Object.keys(key).toSorted((a, b) => a.localeCompare(b)))).toEqual([
    ['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y'],
    ['alg', 'e', 'kid', 'kty', 'n', 'use'],
    ['alg', 'e', 'kid', 'kty', 'n', 'use'],
    ['alg', 'crv', 'kid', 'kty', 'use', 'x'],
  ])
  expect(atob(keys[1].n.replaceAll('-', '+').replaceAll('_', '/')).length).toBe(256)
})

test('says how long it is fresh', async () => {
  expect((await open()).first.headers.get('cache-control')).toBe('public, max-age=300')
  expect((await open({ jwksMaxAgeSeconds: 7 })).first.headers.get('cache-control')).toBe('public, max-age=7')
})

test.each([
  ['its tag', (tag: string) => tag],
  ['its tag as a weak one', (tag: string) => `W/${tag}`],
  ['a list with its tag', (tag: string) => `"other", ${tag}`],
  ['any tag', () => '*'],
])('answers 304 without a body to If-None-Match with %s', async (_, value) => {
  const { first, load } = await open()
  const tag = first.headers.get('etag') ?? ''
  const again = await load({ 'if-none-match': value(tag) })

  expect(again.status).toBe(304)
  expect(await again.text()).toBe('')
  expect(again.headers.get('etag')).toBe(tag)
  expect(again.headers.get('cache-control')).toBe('public, max-age=300')
  expect(again.headers.get('access-control-allow-origin')).toBe('*')
})

test('changes its tag when keys are rotated', async () => {
  const { issuer, first, load } = await open()
  await issuer.rotateKeys()
  const again = await load({ 'if-none-match': first.headers.get('etag') ?? '' })

  expect(again.status).toBe(200)
  expect(again.headers.get('content-type')).toBe('application/jwk-set+json')
  expect((await again.json()).keys.length).toBe(2)
})

test.each(['"other"', 'nonsense', ''])('answers in full to If-None-Match: %j', async (value) => {
  const { load } = await open()

  expect((await load({ 'if-none-match': value })).status).toBe(200)
})
