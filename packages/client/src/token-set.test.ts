import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { formatTokenSet, TokenSet, type TokenSetMembers } from './token-set.js'

const members: TokenSetMembers<{ sub: string }> = {
  issuer: 'https://login.example.com',
  clientId: 'shop',
  accessToken: 'secret-access',
  tokenType: 'Bearer',
  receivedAt: 1_800_000_000,
  expiresAt: 1_800_000_300,
  scope: 'openid',
  refreshToken: 'secret-refresh',
  idToken: 'secret-id',
  claims: { sub: 'secret-john' },
  authorizationDetails: [{ type: 'secret-payment' }],
  keyThumbprint: 'thumb',
}

test('gives what it is made of', () => {
  const tokens = new TokenSet(members)
  const read = Object.fromEntries(Object.keys(members).map((name) => [name, tokens[name as keyof TokenSetMembers]]))
  expect(read).toEqual(members)
})

test('shows no token and no person, however it is logged', () => {
  const tokens = new TokenSet(members)
  const shown = [
    String(tokens),
    'tokens: '.concat(String(tokens)),
    JSON.stringify({ tokens }),
    inspect(tokens, { depth: 10, showHidden: true }),
    inspect({ tokens }),
    JSON.stringify(Object.assign({}, tokens)),
    JSON.stringify(Object.entries(tokens)),
  ].join('\n')
  expect(shown).not.toContain('secret')
  expect(String(tokens)).toBe(
    'TokenSet {"issuer":"https://login.example.com","clientId":"shop","tokenType":"Bearer","expiresAt":1800000300,"scope":"openid","accessToken":"[hidden]","refreshToken":"[hidden]"}',
  )
})

test('cannot be changed', () => {
  const tokens = new TokenSet(members)
  expect(() => Object.assign(tokens, { accessToken: 'other' })).toThrow(TypeError)
  expect(tokens.accessToken).toBe('secret-access')
})

test('cannot be changed through what it was made of, nor through what it gives', () => {
  const given = { ...members, claims: { sub: 'john', roles: ['reader'] }, authorizationDetails: [{ type: 'payment' }] }
  const tokens = new TokenSet(given)
  given.accessToken = 'other'
  given.claims.roles.push('admin')
  expect(() => tokens.claims?.roles.push('admin')).toThrow(TypeError)
  expect(() => Object.assign(tokens.authorizationDetails?.[0] ?? {}, { type: 'transfer' })).toThrow(TypeError)
  expect(() => Object.assign(TokenSet.membersOf(tokens), { accessToken: 'other' })).toThrow(TypeError)
  expect(tokens.accessToken).toBe('secret-access')
  expect(tokens.claims).toEqual({ sub: 'john', roles: ['reader'] })
  expect(given.authorizationDetails).toEqual([{ type: 'payment' }])
})

test('leaves what a schema has made as it is', () => {
  const birthdate = new Date(0)
  expect(new TokenSet({ ...members, claims: { birthdate } }).claims?.birthdate).toBe(birthdate)
})

test('is written with all that it has when that is asked for', () => {
  expect(JSON.parse(formatTokenSet(new TokenSet(members)))).toEqual(members)
})
