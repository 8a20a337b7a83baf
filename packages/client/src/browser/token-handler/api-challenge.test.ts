import { describe, expect, test } from 'vitest'
import { readStepUp } from './api-challenge.js'

const answer = (status: number, challenge?: string) =>
  new Response(null, { status, headers: challenge === undefined ? {} : { 'www-authenticate': challenge } })

describe('the login that an API asks a page for', () => {
  test.each([
    ['a 401 whose challenge the page may not see asks for no other login', answer(401), undefined],
    ['a token that has expired asks for no other login', answer(401, 'Bearer error="invalid_token"'), undefined],
    ['a 403 without a reason asks for nothing', answer(403), undefined],
    ['an answer that is no refusal asks for nothing', answer(200, 'Bearer error="insufficient_scope", scope="a"'), undefined],
    [
      'a login that is too weak asks for another',
      answer(401, 'Bearer error="insufficient_user_authentication", acr_values="urn:a urn:b", max_age="0"'),
      { acrValues: ['urn:a', 'urn:b'], maxAgeSeconds: 0 },
    ],
    ['parameters need no quotes', answer(403, 'Bearer error=insufficient_scope, scope=orders_write'), { scope: 'orders_write' }],
    [
      'the challenge of one scheme among several counts',
      answer(403, 'DPoP algs="ES256", Bearer error="insufficient_scope", scope="a b"'),
      { scope: 'a b' },
    ],
    [
      'a parameter inside the text of another is none',
      answer(401, 'Bearer error="invalid_token", error_description="not error=insufficient_scope"'),
      undefined,
    ],
    [
      'a max_age that is no number is none of the future',
      answer(401, 'Bearer error="insufficient_user_authentication", max_age="soon"'),
      { maxAgeSeconds: 0 },
    ],
  ])('%s', (_title, response, stepUp) => {
    expect(readStepUp(response)).toEqual(stepUp)
  })
})

test('a challenge without end is read in time that grows with its length, and not with the square of it', () => {
  const began = performance.now()
  expect(readStepUp(answer(403, 'a'.repeat(60_000)))).toBe(undefined)
  // With the square of it, ten times as long.
  expect(performance.now() - began).toBeLessThan(1000)
})
