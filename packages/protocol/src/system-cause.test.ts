import { describe, expect, test } from 'vitest'
import { withSystemCause } from './system-cause.js'

const failing = (code: unknown, cause?: unknown) => Object.assign(new Error('failed', { cause }), { code })
const nested = (depth: number, innermost: unknown): unknown =>
  depth === 0 ? innermost : new Error(`level ${depth}`, { cause: nested(depth - 1, innermost) })

describe('withSystemCause', () => {
  test.each(['ENOTFOUND', 'ECONNREFUSED', 'CERT_HAS_EXPIRED', 'ERR_TLS_CERT_ALTNAME_INVALID', 'UND_ERR_CONNECT_TIMEOUT', 'E2BIG'])(
    'adds %s, however the error was wrapped',
    (code) => {
      expect(withSystemCause('no keys', failing(code))).toBe(`no keys (${code})`)
      expect(withSystemCause('no keys', nested(6, failing(code)))).toBe(`no keys (${code})`)
    },
  )

  test('looks at twelve errors at most', () => {
    expect(withSystemCause('no keys', nested(11, failing('ENOTFOUND')))).toBe('no keys (ENOTFOUND)')
  })

  test('leaves the full stop where it is', () => {
    expect(withSystemCause('The request failed.', failing('ECONNREFUSED'))).toBe('The request failed (ECONNREFUSED).')
  })

  test('takes the innermost of several', () => {
    expect(withSystemCause('no keys', failing('ERR_OUTER', failing('network', failing('ENOTFOUND'))))).toBe('no keys (ENOTFOUND)')
    expect(withSystemCause('no keys', failing('ENOTFOUND', new Error('no code')))).toBe('no keys (ENOTFOUND)')
  })

  test('finds the first of several attempts to connect', () => {
    const attempts = new AggregateError([failing('ECONNREFUSED'), failing('ENETUNREACH')])
    expect(withSystemCause('no keys', new TypeError('fetch failed', { cause: attempts }))).toBe('no keys (ECONNREFUSED)')
  })

  test('does not say twice what the reason says', () => {
    expect(withSystemCause('connect ECONNREFUSED 10.0.0.1', failing('ECONNREFUSED'))).toBe('connect ECONNREFUSED 10.0.0.1')
  })

  test.each([
    ['a code of ours', failing('jwks_unavailable')],
    ['a number', failing(20)],
    ['a sentence', failing('EVIL https://john:secret@example.com/')],
    ['a token', failing('eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJqb2huIn0.c2ln')],
    ['something long', failing('A'.repeat(65))],
    ['a line break', failing('ENOTFOUND\nforged: entry')],
    ['no error', 'ENOTFOUND'],
    ['nothing', undefined],
    ['null', null],
    ['what lies too deep', nested(12, failing('ENOTFOUND'))],
    [
      'a code that throws',
      {
        get code(): never {
          throw new Error('no')
        },
      },
    ],
  ])('adds nothing for %s', (_, cause) => {
    expect(withSystemCause('no keys', cause)).toBe('no keys')
  })

  test('ends where errors cause each other', () => {
    const one = failing('EPIPE')
    one.cause = new Error('other', { cause: one })
    expect(withSystemCause('no keys', one)).toBe('no keys (EPIPE)')
  })
})
