import { createMockIssuer } from '@bailiwick/mock-issuer'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { loggedIn } from '../../test/logged-in.js'
import { createClient } from '../create-client.js'
import { formatTokenSet } from '../token-set.js'

async function setUp() {
  const issuer = await createMockIssuer()
  const options = { issuer: issuer.issuer, clientId: 'app', authentication: { method: 'none' } } as const
  return { tokens: await loggedIn(issuer), options, client: createClient(options) }
}

test('takes back what was written, claims and all', async () => {
  const { tokens, client } = await setUp()
  const back = await client.parseTokenSet(formatTokenSet(tokens))
  expect(JSON.parse(formatTokenSet(back))).toEqual(JSON.parse(formatTokenSet(tokens)))
  expect(back.claims).toEqual(tokens.claims)
})

test('has the schema of today look at the claims', async () => {
  const { tokens, options } = await setUp()
  const strict = createClient({ ...options, claims: z.object({ sub: z.string(), tenant: z.string() }) })
  await expect(strict.parseTokenSet(formatTokenSet(tokens))).rejects.toMatchObject({
    code: 'response_invalid',
    message: expect.stringContaining('tenant'),
  })
  const mapped = createClient({ ...options, claims: z.object({ sub: z.string().toUpperCase() }) })
  expect((await mapped.parseTokenSet(formatTokenSet(tokens))).claims).toEqual({ sub: 'JOHN' })
})

test('takes claims from the ID token and from nowhere else', async () => {
  const { tokens, client } = await setUp()
  const text = JSON.stringify({ ...JSON.parse(formatTokenSet(tokens)), claims: { sub: 'mallory' } })
  expect((await client.parseTokenSet(text)).claims?.sub).toBe('john')
  const without = JSON.stringify({ ...JSON.parse(formatTokenSet(tokens)), idToken: undefined, claims: { sub: 'mallory' } })
  expect((await client.parseTokenSet(without)).claims).toBe(undefined)
})

test.each<[string, Record<string, unknown>]>([
  ['another issuer', { issuer: 'https://attacker.example' }],
  ['another client', { clientId: 'other' }],
  ['no issuer', { issuer: undefined }],
  ['no access token', { accessToken: undefined }],
  ['an access token that is no text', { accessToken: {} }],
  ['an access token with a line break', { accessToken: 'secret\r\nx-evil: a' }],
  ['a refresh token with a line break', { refreshToken: 'secret\n' }],
  ['another type', { tokenType: 'mac' }],
  ['an end that is no number', { expiresAt: 'secret' }],
  ['a time that is no number', { receivedAt: null }],
  ['an ID token that is none', { idToken: 'secret' }],
  ['a scope that is no text', { scope: ['openid'] }],
  ['details that are no list', { authorizationDetails: {} }],
])('refuses %s, and repeats nothing of it', async (_, changes) => {
  const { tokens, client } = await setUp()
  const text = JSON.stringify({ ...JSON.parse(formatTokenSet(tokens)), ...changes })
  const error: unknown = await client.parseTokenSet(text).catch((cause: unknown) => cause)
  expect(error).toMatchObject({ code: 'response_invalid' })
  expect(String(error)).not.toMatch(/secret|eyJ/)
})

test('says how to write what JSON.stringify has hidden the tokens of', async () => {
  const { tokens, client } = await setUp()
  await expect(client.parseTokenSet(JSON.stringify(tokens))).rejects.toMatchObject({
    message: 'The text is no token set: write it with formatTokenSet, not JSON.stringify.',
  })
})

test.each(['', 'null', '[]', '{', '"text"', '{"__proto__":{}}', `${'['.repeat(100_000)}`])('refuses %j', async (text) => {
  const { client } = await setUp()
  await expect(client.parseTokenSet(text.slice(0, 200_000))).rejects.toMatchObject({ code: 'response_invalid' })
})

test('reads no member by inheritance', async () => {
  const { tokens, client } = await setUp()
  const text = formatTokenSet(tokens).replace('"refreshToken"', '"__proto__":{"refreshToken":"x"},"other"')
  const back = await client.parseTokenSet(text).catch((error: { code: string }) => error.code)
  expect(typeof back === 'string' ? back : back.refreshToken).not.toBe('x')
})
