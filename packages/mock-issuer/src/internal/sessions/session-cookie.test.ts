import { expect, test } from 'vitest'
import { clearSessionCookie, formatSessionCookie, readSessionCookie } from './session-cookie.js'

const value = 'a'.repeat(43)
const read = (cookie: string): string | undefined => readSessionCookie(new Request('http://localhost/', { headers: { cookie } }))

test('reads its own cookie among others, and nothing that it would not set', () => {
  expect(read(`x=1; mock_issuer_session=${value}; y=2`)).toBe(value)
  for (const cookie of [
    '',
    'mock_issuer_session=',
    `mock_issuer_session=${value}a`,
    'mock_issuer_session=../x',
    `x_mock_issuer_session=${value}`,
  ]) {
    expect(read(cookie)).toBe(undefined)
  }
})

test('keeps the cookie from scripts, other sites and other issuers, and to https where the issuer has it', () => {
  expect(formatSessionCookie(value, 'https://login.example.com/tenant', 60)).toBe(
    `mock_issuer_session=${value}; Path=/tenant; Max-Age=60; HttpOnly; SameSite=Lax; Secure`,
  )
  expect(clearSessionCookie('http://localhost')).toBe('mock_issuer_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax')
})
