import { expect, test } from 'vitest'
import { isRegisteredRedirectUri } from './redirect-uri-match.js'

const registered = [
  'http://127.0.0.1:3000/callback',
  'http://[::1]/cb?keep=1',
  'http://localhost:3000/callback',
  'https://127.0.0.1:3000/callback',
]

test.each([
  'http://127.0.0.1:3000/callback',
  'http://127.0.0.1:51004/callback',
  'http://127.0.0.1/callback',
  'http://[::1]:51004/cb?keep=1',
  'http://[::1]/cb?keep=1',
  'http://localhost:3000/callback',
  'https://127.0.0.1:3000/callback',
])('knows %s, by any port where the host is a loopback address', (uri) => {
  expect(isRegisteredRedirectUri(uri, registered)).toBe(true)
})

test.each([
  'http://localhost:51004/callback',
  'https://127.0.0.1:51004/callback',
  'http://127.0.0.1:51004/callback/',
  'http://127.0.0.1:51004/callback?x=1',
  'http://127.0.0.1:51004/Callback',
  'http://127.0.0.1:51004/callback#a',
  'http://127.0.0.1:51004',
  'http://127.0.0.2:51004/callback',
  'http://127.1:3000/callback',
  'http://[::1]:51004/callback',
  'http://[::1]:51004/cb',
  'http://127.0.0.1:0/callback',
  'http://127.0.0.1:65536/callback',
  'http://127.0.0.1:/callback',
  'http://127.0.0.1:3000@evil.example.com/callback',
  'http://127.0.0.1@evil.example.com/callback',
  'http://user@127.0.0.1:51004/callback',
  'http://127.0.0.1.evil.example.com:51004/callback',
  'http://127.0.0.1:51004\\@evil.example.com/callback',
  'http://evil.example.com/?http://127.0.0.1:51004/callback',
  'HTTP://127.0.0.1:51004/callback',
  '\nhttp://127.0.0.1:51004/callback',
])('does not know %j', (uri) => {
  expect(isRegisteredRedirectUri(uri, registered)).toBe(false)
})

test('knows none where none is registered', () => {
  expect(isRegisteredRedirectUri('http://127.0.0.1:3000/callback', undefined)).toBe(false)
})
