import { expect, it } from 'vitest'
import { claims, createVerifier, key } from '../verifier-fixture.js'
import { outcome } from '../verdict.js'

it('a token in a token is refused, whether its cty says so or not', async () => {
  const inner = await key.sign(claims)
  for (const cty of ['JWT', 'application/jwt', undefined]) {
    const nested = createVerifier().verify(await key.sign(inner, { cty }))
    expect(await outcome(nested)).toBe('invalid_token claims_malformed')
  }
})
