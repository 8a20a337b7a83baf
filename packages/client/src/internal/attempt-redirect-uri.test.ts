import { expect, test } from 'vitest'
import { attemptRedirectUri, isAttemptRedirectUri } from './attempt-redirect-uri.js'

test('is the configured one, character by character', () => {
  expect(attemptRedirectUri('https://shop.example.com/callback')).toBe('https://shop.example.com/callback')
  expect(attemptRedirectUri('http://127.0.0.1/callback')).toBe('http://127.0.0.1/callback')
})

test.each([
  ['http://127.0.0.1/callback', 'http://127.0.0.1:51004/callback'],
  ['http://127.0.0.1', 'http://127.0.0.1:51004'],
  ['http://[::1]/a/b?tool=shop', 'http://[::1]:51004/a/b?tool=shop'],
])('puts the port of the attempt into %s', (redirectUri, expected) => {
  expect(attemptRedirectUri(redirectUri, 51_004)).toBe(expected)
  expect(isAttemptRedirectUri(redirectUri, expected)).toBe(true)
})

test.each([
  'https://127.0.0.1/callback',
  'http://localhost/callback',
  'http://127.0.0.1:3000/callback',
  'http://127.0.0.1.example.com/callback',
  'http://127.0.0.1@example.com/callback',
  'com.example.shop:/callback',
])('has no place for a port in %s', (redirectUri) => {
  expect(() => attemptRedirectUri(redirectUri, 51_004)).toThrow('loopbackPort is for a redirectUri on http://127.0.0.1')
})

test.each([0, -1, 1.5, 65_536, Number.NaN])('refuses the port %s', (port) => {
  expect(() => attemptRedirectUri('http://127.0.0.1/callback', port)).toThrow('loopbackPort must be an integer')
})

test('needs a redirect URI', () => {
  expect(() => attemptRedirectUri(undefined)).toThrow('a login needs the redirectUri')
})

test.each([
  ['https://shop.example.com/callback', 'https://shop.example.com:444/callback'],
  ['http://127.0.0.1:3000/callback', 'http://127.0.0.1:3001/callback'],
  ['http://localhost/callback', 'http://localhost:51004/callback'],
  ['http://127.0.0.1/callback', 'http://127.0.0.1:51004/callback/more'],
  ['http://127.0.0.1/callback', 'http://[::1]:51004/callback'],
  ['http://127.0.0.1/callback', 'https://127.0.0.1:51004/callback'],
  ['http://127.0.0.1/callback', 'http://127.0.0.1:51004@example.com/callback'],
  [undefined, 'http://127.0.0.1:51004/callback'],
])('of %s, %s is none', (redirectUri, candidate) => {
  expect(isAttemptRedirectUri(redirectUri, candidate)).toBe(false)
})
