import { expect, test } from 'vitest'
import { readAllowedOrigins, requireAllowed } from './allowed-origins.js'

const allowed = readAllowedOrigins(['https://api.example.com', 'https://other.example.com:8443', 'http://127.0.0.1:3000'])

test.each([
  ['https://api.example.com/orders?page=2', 'https://api.example.com'],
  ['https://API.example.com:443/', 'https://api.example.com'],
  ['https://other.example.com:8443/', 'https://other.example.com:8443'],
  ['http://127.0.0.1:3000/', 'http://127.0.0.1:3000'],
])('allows %s', (url, origin) => {
  expect(requireAllowed(allowed, new URL(url)).origin).toBe(origin)
})

test.each([
  ['http://api.example.com/', 'http://api.example.com'],
  ['https://api.example.com:444/', 'https://api.example.com:444'],
  ['https://api.example.com.attacker.example/', 'https://api.example.com.attacker.example'],
  ['https://evil-api.example.com/', 'https://evil-api.example.com'],
  ['https://other.example.com/', 'https://other.example.com'],
  ['http://127.0.0.1:3001/', 'http://127.0.0.1:3001'],
  ['http://localhost:3000/', 'http://localhost:3000'],
  ['blob:https://api.example.com/0b7c', 'https://api.example.com'],
  ['data:text/plain,https://api.example.com', 'null'],
])('refuses %s, and says no more of it than its origin', (url, origin) => {
  expect(() => requireAllowed(allowed, new URL(url))).toThrow(
    expect.objectContaining({ code: 'origin_not_allowed', message: expect.stringContaining(`was for ${origin}, which`) }),
  )
})

test('refuses what is no URL', () => {
  expect(() => requireAllowed(allowed, undefined)).toThrow(expect.objectContaining({ code: 'origin_not_allowed' }))
})

test.each([
  ['nothing', undefined, 'allowedOrigins is missing'],
  ['no origin', [], 'allowedOrigins is missing'],
  ['a text', 'https://api.example.com', 'allowedOrigins is missing'],
  ['a wildcard', ['https://*.example.com'], 'allowedOrigins[0] is no origin: write an https origin'],
  ['a trailing slash', ['https://api.example.com/'], 'write "https://api.example.com", without path and trailing slash'],
  ['a path', ['https://api.example.com/orders'], 'write "https://api.example.com"'],
  ['capitals', ['https://API.example.com'], 'write "https://api.example.com"'],
  ['the port that goes without saying', ['https://api.example.com:443'], 'write "https://api.example.com"'],
  ['http', ['https://api.example.com', 'http://api.example.com'], 'allowedOrigins[1] is no origin: write an https origin'],
  ['a host', ['api.example.com'], 'write an https origin'],
  ['any', ['*'], 'write an https origin'],
  ['null', ['null'], 'write an https origin'],
])('takes no list with %s', (_, origins, message) => {
  expect(() => readAllowedOrigins(origins as string[])).toThrow(message)
})
