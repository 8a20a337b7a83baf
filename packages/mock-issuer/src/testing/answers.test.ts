import { describe, expect, test } from 'vitest'
import { checkForbidden } from './forbidden.js'
import type { HttpAnswer } from './http-answer.js'
import { checkUnauthorized } from './unauthorized.js'
import { checkUnavailable } from './unavailable.js'

function answer(status: number, headers: Record<string, string> = {}): Response {
  return new Response(null, { status, headers })
}

function challenge(status: number, field: string): Response {
  return answer(status, { 'www-authenticate': field })
}

const denied = challenge(403, 'Bearer realm="x", error="insufficient_scope", scope="b a"')

describe('checkUnauthorized', () => {
  test.each<HttpAnswer>([
    challenge(401, 'Bearer'),
    { status: 401, headers: { 'www-authenticate': 'DPoP algs="ES256"' } },
    { statusCode: 401, headers: { 'WWW-Authenticate': ['Basic', 'Bearer realm="x"'] } },
    { statusCode: 401, headers: new Map([['www-authenticate', 'Bearer']]) as never },
  ])('takes what test libraries return: %j', (given) => {
    checkUnauthorized(given)
  })

  test('tells errors, schemes and parameters apart', () => {
    const both = challenge(401, 'Bearer realm="x", DPoP error="use_dpop_nonce", algs="ES256"')
    checkUnauthorized(both, { error: 'use_dpop_nonce' })
    checkUnauthorized(both, { scheme: 'bearer', error: null })
    checkUnauthorized(both, { scheme: 'DPoP', params: { algs: 'ES256' } })
    expect(() => checkUnauthorized(both, { error: null })).toThrow('there is the error "use_dpop_nonce"')
    expect(() => checkUnauthorized(both, { error: 'invalid_token' })).toThrow('the error is "use_dpop_nonce"')
    expect(() => checkUnauthorized(both, { params: { max_age: '5' } })).toThrow('no challenge has max_age="5"')
    expect(() => checkUnauthorized(both, { error: 'use_dpop_nonce', params: { realm: 'x' } })).toThrow('no challenge has realm="x"')
  })

  test.each([
    [answer(200), 'the status is 200, and not 401'],
    [denied, 'the status is 403, and not 401'],
    [answer(401), 'there is no WWW-Authenticate (RFC 9110 §15.5.2)'],
    [challenge(401, 'Basic realm="x"'), 'no challenge is for Bearer or DPoP'],
    [challenge(401, 'Bearer error="x'), 'its WWW-Authenticate is malformed: at character 8 there should be a parameter'],
  ])('says what is wrong with an answer, in case %#', (given, problem) => {
    expect(() => checkUnauthorized(given)).toThrow(`Expected the answer to be unauthorized, but ${problem}:`)
  })

  test('shows the answer, under the name that test runners know', () => {
    let thrown: unknown
    try {
      checkUnauthorized(challenge(401, 'Bearer'), { error: 'invalid_token' })
    } catch (error) {
      thrown = error
    }
    expect(thrown).toMatchObject({
      name: 'AssertionError',
      message:
        'Expected the answer to be unauthorized with the error "invalid_token", but its challenge has no error:\n\n  HTTP 401\n  WWW-Authenticate: Bearer',
    })
  })
})

describe('checkForbidden', () => {
  test('takes a 403 with a challenge or without', () => {
    for (const given of [answer(403), challenge(403, 'Bearer realm="x"'), denied]) checkForbidden(given)
  })

  test('compares the scopes, in any order', () => {
    checkForbidden(denied, { scope: 'a b' })
    checkForbidden(denied, { scope: ['b', 'a'] })
    for (const scope of ['a', 'a b c', 'a a']) expect(() => checkForbidden(denied, { scope })).toThrow('it asks for "b a"')
  })

  test.each([
    [answer(401), 'the status is 401, and not 403'],
    [answer(403), 'there is no WWW-Authenticate'],
    [challenge(403, 'Bearer realm="x"'), 'its challenge has no error'],
    [challenge(403, 'Bearer error="insufficient_scope"'), 'it asks for no scope'],
    [challenge(403, 'Bearer error="insufficient_scope", scope=a b'), 'is malformed'],
  ])('says what is wrong with an answer, in case %#', (given, problem) => {
    expect(() => checkForbidden(given, { scope: 'a' })).toThrow(problem)
  })

  test('finds fault with a malformed challenge that was not asked about', () => {
    expect(() => checkForbidden(challenge(403, 'Bearer x="'))).toThrow('is malformed')
  })
})

describe('checkUnavailable', () => {
  test('takes seconds or a date, and compares seconds', () => {
    checkUnavailable(answer(503, { 'retry-after': '5' }))
    checkUnavailable({ statusCode: 503, headers: { 'retry-after': 'Sun, 06 Nov 1994 08:49:37 GMT' } })
    checkUnavailable({ statusCode: 503, headers: { 'retry-after': 5 } }, { retryAfterSeconds: 5 })
    expect(() => checkUnavailable(answer(503, { 'retry-after': '5' }), { retryAfterSeconds: 6 })).toThrow('its Retry-After is 5')
  })

  test.each([
    [answer(500), 'the status is 500, and not 503'],
    [answer(503), 'there is no Retry-After'],
    [answer(503, { 'retry-after': 'soon' }), 'its Retry-After is neither seconds nor a date'],
    [answer(503, { 'retry-after': '5', 'www-authenticate': 'Bearer' }), 'there is a challenge'],
  ])('says what is wrong with an answer, in case %#', (given, problem) => {
    expect(() => checkUnavailable(given)).toThrow(problem)
  })
})

test('a slip in what is expected does not pass unnoticed', () => {
  const slip = { eror: 'x' }
  for (const check of [checkUnauthorized, checkForbidden, checkUnavailable]) {
    expect(() => check(denied, slip as never)).toThrow('There is no expectation "eror"')
  }
})

test.each([undefined, null, 401, 'text', {}, { status: 401 }, { headers: {} }, Promise.resolve(denied)])(
  'what is no answer is refused: case %#',
  (given) => {
    for (const check of [checkUnauthorized, checkForbidden, checkUnavailable]) {
      expect(() => check(given as never)).toThrow('This is no answer: give a Response')
    }
  },
)
