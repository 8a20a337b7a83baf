import { expect, test } from 'vitest'
import { formatTransaction, type LoginTransaction, parseTransaction } from './transaction.js'

const transaction: LoginTransaction = {
  issuer: 'https://login.example.com',
  clientId: 'shop',
  redirectUri: 'https://shop.example.com/callback',
  state: 's'.repeat(43),
  codeVerifier: 'v'.repeat(43),
  scope: 'openid',
  returnTo: '/orders',
  expiresAt: 1_800_000_000,
}

const whole: LoginTransaction = {
  ...transaction,
  nonce: 'n'.repeat(43),
  maxAgeSeconds: 0,
  requiredAcr: ['urn:example:mfa'],
  keyThumbprint: 't'.repeat(43),
  appState: '"quoted" \\ ünd \u0000',
}

test.each([
  ['the least', transaction],
  ['everything', whole],
])('comes back with %s', (_what, given) => {
  expect(parseTransaction(formatTransaction(given))).toEqual(given)
})

test('comes back at its largest', () => {
  const large = { ...whole, returnTo: `/${'a'.repeat(2047)}`, appState: '\u0001'.repeat(1024), scope: 'a'.repeat(4096) }
  expect(parseTransaction(formatTransaction(large))).toEqual(large)
})

test.each<readonly [string, Record<string, unknown>]>([
  ...(['issuer', 'clientId', 'redirectUri', 'state', 'codeVerifier', 'scope', 'returnTo', 'expiresAt'] as const).map(
    (name) => [`no ${name}`, { [name]: undefined }] as const,
  ),
  ...(['issuer', 'nonce', 'keyThumbprint', 'appState', 'scope'] as const).map((name) => [`a number as ${name}`, { [name]: 1 }] as const),
  ['an endless expiry', { expiresAt: Infinity }],
  ['half a second as an age', { maxAgeSeconds: 0.5 }],
  ['one acr as a text', { requiredAcr: 'urn:example:mfa' }],
  ['a number among the acrs', { requiredAcr: [1] }],
  ['a way to another origin', { returnTo: '/\\evil.example.org' }],
  ['a state of 42 characters', { state: 's'.repeat(42) }],
  ['a member that is deep', { other: { a: { b: {} } } }],
])('is none with %s', (_what, changes) => {
  expect(parseTransaction(JSON.stringify({ ...whole, ...changes }))).toBeUndefined()
})

test('has its returnTo as a browser writes it, whoever edited it', () => {
  expect(parseTransaction(JSON.stringify({ ...whole, returnTo: '/a/../b c' }))?.returnTo).toBe('/b%20c')
})
