import { expect, it } from 'vitest'
import { claimedIssuer } from './claimed-issuer.js'

it.each([
  ['an iss', '{"iss":"https://staging.example.com"}', 'https://staging.example.com'],
  ['no iss', '{"sub":"john"}', undefined],
  ['an iss that is no string', '{"iss":1}', undefined],
  ['an inherited member', '{"__proto__":{"iss":"x"}}', undefined],
  ['no JSON', '{', undefined],
  ['a list', '["iss"]', undefined],
  ['nothing', '', undefined],
])('reads of claims with %s', (_, claims, expected) => {
  expect(claimedIssuer(Buffer.from(claims).toString('base64url'))).toBe(expected)
})
