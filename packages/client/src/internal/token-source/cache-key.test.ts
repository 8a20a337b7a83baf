import { expect, test } from 'vitest'
import type { ClientCredentialsSource, JwtBearerSource } from '../../token-source-grant.js'
import { type CacheKeyInput, formatCacheKey } from './cache-key.js'

const plain: ClientCredentialsSource = { type: 'client_credentials' }
const assertion = () => 'an assertion'
const keyOf = (grant: ClientCredentialsSource | JwtBearerSource, others: Partial<CacheKeyInput> = {}) =>
  formatCacheKey({ issuer: 'https://login.example.com', clientId: 'nightly', keyThumbprint: undefined, ...others, grant })

test('all that a token depends on tells it from others', async () => {
  const keys = await Promise.all([
    keyOf(plain),
    keyOf(plain, { issuer: 'https://login.example.com/' }),
    keyOf(plain, { clientId: 'daily' }),
    keyOf(plain, { keyThumbprint: 'a-thumbprint' }),
    keyOf({ ...plain, scope: 'a' }),
    keyOf({ ...plain, scope: 'a b' }),
    keyOf({ ...plain, audience: 'a' }),
    keyOf({ ...plain, resource: 'a' }),
    keyOf({ ...plain, resource: ['a', 'b'] }),
    keyOf({ ...plain, parameters: { a: 'b' } }),
    keyOf({ ...plain, parameters: { b: 'a' } }),
    keyOf({ ...plain, authorizationDetails: [{ type: 'payment', amount: 1 }] }),
    keyOf({ ...plain, authorizationDetails: [{ type: 'payment', amount: 2 }] }),
    keyOf({ type: 'jwt_bearer', assertion, subject: 'john' }),
    keyOf({ type: 'jwt_bearer', assertion, subject: 'jane' }),
    keyOf({ type: 'jwt_bearer', assertion }),
  ])
  expect(new Set(keys).size).toBe(keys.length)
})

test('the order of scopes, resources and parameters makes no difference', async () => {
  const one = await keyOf({ ...plain, scope: 'a b', resource: ['x', 'y'], parameters: { p: '1', q: '2' } })
  expect(await keyOf({ ...plain, scope: 'b a', resource: ['y', 'x'], parameters: { q: '2', p: '1' } })).toBe(one)
})

test('nothing of what it stands for can be read from it', async () => {
  expect(await keyOf({ type: 'jwt_bearer', assertion, subject: 'john' })).toMatch(/^bailiwick:token:[\w-]{43}$/)
})
