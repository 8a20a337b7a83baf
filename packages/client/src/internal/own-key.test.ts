import { createMockIssuer } from '@bailiwick/mock-issuer'
import { generateKeyPair } from 'oauth4webapi'
import { expect, test, vi } from 'vitest'
import { createAuthorizedFetch } from '../create-authorized-fetch.js'
import { formatTokenSet, type TokenSet } from '../token-set.js'
import { appOf } from '../../test/app.js'
import { loggedIn } from '../../test/logged-in.js'

/** A session that is bound to a key, its client, one that has another key since, and one that has none. */
async function setUp() {
  const issuer = await createMockIssuer()
  const client = appOf(issuer, { dpop: { keyPair: await generateKeyPair('ES256') } })
  const bearer = await loggedIn(issuer)
  const bound = await client.refresh(bearer)
  const requests = () => issuer.requests.length
  return { bearer, bound, client, other: appOf(issuer, { dpop: {} }), without: appOf(issuer), requests }
}

test('a set that is bound to another key is refreshed nowhere, and asks for no claims: nothing is sent', async () => {
  const { bound, client, other, without, requests } = await setUp()
  const before = requests()
  for (const each of [other, without]) {
    await expect(each.refresh(bound)).rejects.toMatchObject({ code: 'configuration_invalid', message: expect.stringContaining('dpop') })
    await expect(each.userInfo(bound)).rejects.toMatchObject({ code: 'configuration_invalid' })
  }
  expect(requests()).toBe(before)
  expect((await client.refresh(bound)).keyThumbprint).toBe(await client.keyThumbprint())
})

test('a bearer set is bound by its next refresh, and a bound one can be revoked without its key', async () => {
  const { bound, bearer, other, client } = await setUp()
  expect([bearer.tokenType, bound.tokenType, bound.keyThumbprint]).toEqual(['Bearer', 'DPoP', await client.keyThumbprint()])
  await other.revoke(bound)
  await expect(client.refresh(bound)).rejects.toMatchObject({ code: 'session_ended' })
})

test('text of a set that is bound to another key, or to none, is refused', async () => {
  const { bound, bearer, client, other, without } = await setUp()
  const text = formatTokenSet(bound)
  expect((await client.parseTokenSet(text)).accessToken).toBe(bound.accessToken)
  const unbound = JSON.stringify({ ...JSON.parse(text), keyThumbprint: undefined })
  for (const [each, given] of [
    [other, text],
    [without, text],
    [client, formatTokenSet(bearer)],
    [client, unbound],
  ] as const) {
    await expect(each.parseTokenSet(given)).rejects.toMatchObject({ code: 'response_invalid', message: expect.stringContaining('key') })
  }
})

test('no API is shown a token with the proof of another key', async () => {
  const { bound, other, client } = await setUp()
  const fetch = vi.fn<() => Promise<Response>>(async () => new Response())
  const call = (by: typeof client, tokens: TokenSet) =>
    createAuthorizedFetch({
      client: by,
      tokens: { getTokens: async () => tokens },
      allowedOrigins: ['https://api.example.com'],
      fetch,
    })('https://api.example.com/orders')
  await expect(call(other, bound)).rejects.toMatchObject({ code: 'configuration_invalid' })
  expect(fetch).not.toHaveBeenCalled()
  expect((await call(client, bound)).status).toBe(200)
})
