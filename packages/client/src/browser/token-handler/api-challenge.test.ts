import { describe, expect, test } from 'vitest'
import { readDemand } from './api-challenge.js'

const answer = (status: number, challenge?: string) =>
  new Response(null, { status, headers: challenge === undefined ? {} : { 'www-authenticate': challenge } })

describe('what an API asks of a page', () => {
  test.each([
    ['a 401 whose challenge the page may not see asks for renewal', answer(401), true],
    ['a token that has expired asks for renewal', answer(401, 'Bearer error="invalid_token"'), true],
    ['a 403 without a reason asks for nothing', answer(403), false],
    ['an answer that is no refusal asks for nothing', answer(200, 'Bearer error="insufficient_scope", scope="a"'), false],
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
      true,
    ],
    [
      'a max_age that is no number is none of the future',
      answer(401, 'Bearer error="insufficient_user_authentication", max_age="soon"'),
      { maxAgeSeconds: 0 },
    ],
  ])('%s', (_title, response, demand) => {
    expect(readDemand(response)).toEqual(demand)
  })
})

test('a challenge without end is read in time that grows with its length, and not with the square of it', () => {
  const began = performance.now()
  expect(readDemand(answer(403, 'a'.repeat(60_000)))).toBe(false)
  // With the square of it, ten times as long.
  expect(performance.now() - began).toBeLessThan(1000)
})
