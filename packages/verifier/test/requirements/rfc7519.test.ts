import { expect, it } from 'vitest'
import { claims, createVerifier, key } from '../verifier-fixture.js'
import { outcome } from '../verdict.js'

it('a token in a token is refused, whether its cty says so or not', async () => {
  const inner = await key.sign(claims)
  const outcomes = ['JWT', 'application/jwt', undefined].map(async (cty) =>
    outcome(createVerifier().verify(await key.sign(inner, { cty }))),
  )
  expect(await Promise.all(outcomes)).toEqual([
    'invalid_token token_type_rejected',
    'invalid_token token_type_rejected',
    'invalid_token claims_malformed',
  ])
})
