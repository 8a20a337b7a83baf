import { expect, it } from 'vitest'
import { outcome } from '../verdict.js'
import { audience, claims, createVerifier, issuer, key, nowSeconds } from '../verifier-fixture.js'

const common = { iss: issuer, aud: audience, exp: nowSeconds + 300 }

/** Other kinds of JWT that an issuer signs, all of them with a name in `aud` that is a client's and this API's at once. */
it.each([
  ['an ID token', { ...common, sub: 'john', iat: nowSeconds, auth_time: nowSeconds, azp: audience }],
  ['an answer of the UserInfo endpoint', { ...common, sub: 'john', email: 'john@example.com' }],
  ['an authorization response', { ...common, code: 'SplxlOBeZQQYbYS6WxSbIA', state: 'xyz' }],
])('without a claim that tells is told apart by its type alone, which the profile rfc9068 demands: %s', async (_, other) => {
  const strict = createVerifier({ profile: 'rfc9068' })
  for (const typ of [undefined, 'JWT']) {
    // Every claim that the profile asks for besides, so that nothing but the type refuses it.
    const token = await key.sign({ ...claims, ...other }, { typ })
    expect(await outcome(strict.verify(token))).toBe('invalid_token token_type_rejected')
    expect(await outcome(createVerifier().verify(await key.sign(other, { typ })))).toBe('accepted')
    expect(await outcome(createVerifier({ audience: 'https://api.example.com' }).verify(token))).toBe('invalid_token audience_mismatch')
  }
  expect(await outcome(strict.verify(await key.sign({ ...claims, ...other }, { typ: 'at+jwt' })))).toBe('accepted')
})
