import { expect, test } from 'vitest'
import { createGrant } from './grant.js'
import { createIssuedAccessTokens } from './issued-access-tokens.js'
import { createRefreshTokens } from './refresh-tokens.js'

function userGrant(clientId: string, sub: string) {
  return { ...createGrant(clientId), user: { sub }, scopes: [], authTimeSeconds: 0 }
}

test('refreshing 10,000 times forgets none of the tokens that are not rotated', () => {
  const tokens = createRefreshTokens({ now: () => 0, refreshTokenTtlSeconds: 60 })
  const victims = tokens.issue(userGrant('app', 'john'))
  const grant = userGrant('app', 'jane')
  for (let count = 0; count < 10_001; count += 1) {
    const token = tokens.find(tokens.issue(grant))
    if (token !== undefined) token.rotated = true
  }

  expect(tokens.find(victims)?.grant.user.sub).toBe('john')
})

test('a client that is given token after token pushes out its own', () => {
  const issued = createIssuedAccessTokens({ now: () => 0, wasRemoved: () => false })
  const add = (token: string, clientId: string) =>
    issued.add(token, { format: 'opaque', claims: { exp: 60 }, grant: createGrant(clientId), revoked: false })
  add('victim', 'app')
  for (let count = 0; count < 10_500; count += 1) add(`evil ${count}`, 'evil')

  expect(issued.findActive('victim')?.grant.clientId).toBe('app')
  expect([issued.find('evil 500'), issued.find('evil 501')?.grant.clientId]).toEqual([undefined, 'evil'])
})

test('tokens with large claims push out others of their client before they take more than 32 MB', () => {
  const issued = createIssuedAccessTokens({ now: () => 0, wasRemoved: () => false })
  const add = (token: string, clientId: string, padding: string) =>
    issued.add(token, { format: 'opaque', claims: { exp: 60, padding }, grant: createGrant(clientId), revoked: false })
  for (let count = 0; count < 10; count += 1) add(`victim ${count}`, 'app', '')
  const padding = 'x'.repeat(1_000_000)
  for (let count = 0; count < 40; count += 1) add(`evil ${count}`, 'evil', padding)

  expect([issued.find('victim 0')?.grant.clientId, issued.find('evil 8'), issued.find('evil 9')?.grant.clientId]).toEqual([
    'app',
    undefined,
    'evil',
  ])
})
