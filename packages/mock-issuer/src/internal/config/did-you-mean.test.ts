import { expect, test } from 'vitest'
import { didYouMean } from './did-you-mean.js'

const known = ['port', 'clientId', 'redirectUris', 'pkce-optional', 'users']

test.each([
  ['client_id', 'clientId'],
  ['CLIENTID', 'clientId'],
  ['redirectUri', 'redirectUris'],
  ['redirect_uris', 'redirectUris'],
  ['pkceOptional', 'pkce-optional'],
  ['prot', undefined],
  ['portt', 'port'],
  ['user', 'users'],
  ['scopes', undefined],
  ['', undefined],
  ['__proto__', undefined],
  ['x'.repeat(100_000), undefined],
])('of %s finds %s', (given, expected) => {
  expect(didYouMean(given, known)).toBe(expected)
})
