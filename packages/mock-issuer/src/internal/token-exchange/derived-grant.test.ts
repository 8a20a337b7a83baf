import { expect, test } from 'vitest'
import { createGrant } from '../tokens/grant.js'
import { deriveGrant } from './derived-grant.js'

test('ends by itself, with the token that it comes of, or with the grant of that', () => {
  const [first, second, third] = [createGrant('app'), createGrant('app'), createGrant('app')]
  const token = { revoked: false }
  const [own, ofToken, ofGrant] = [
    deriveGrant('api', { grant: first }),
    deriveGrant('api', { grant: second, token }),
    deriveGrant('api', { grant: third }),
  ]
  expect([own, ofToken, ofGrant].map(({ revoked }) => revoked)).toEqual([false, false, false])
  own.revoked = true
  token.revoked = true
  third.revoked = true

  expect([own, ofToken, ofGrant].map(({ revoked }) => revoked)).toEqual([true, true, true])
  expect([first, second].map(({ revoked }) => revoked)).toEqual([false, false])
})

test('ends with what it comes of however far away that is', () => {
  const token = { revoked: false }
  let grant = deriveGrant('api', { grant: createGrant('app'), token })
  for (let index = 0; index < 50_000; index += 1) grant = deriveGrant('api', { grant, token: { revoked: false } })
  expect(grant.revoked).toBe(false)
  token.revoked = true

  expect(grant.revoked).toBe(true)
})

test('of what this issuer does not know does not end before it is revoked', () => {
  const grant = deriveGrant('api', undefined)
  expect(grant.revoked).toBe(false)
  grant.revoked = true

  expect(grant.revoked).toBe(true)
})
