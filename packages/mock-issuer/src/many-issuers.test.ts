import { createLocalJWKSet, jwtVerify } from 'jose'
import { expect, test } from 'vitest'
import { createMockIssuer } from './create-mock-issuer.js'

test('1,000 issuers fit in one process, each with a key of its own that checks its tokens alone', { timeout: 10_000 }, async () => {
  const startedMs = 1_800_000_000_000
  const subjects = Array.from({ length: 1_000 }, (_, index) => `user-${index}`)
  const checked = await Promise.all(
    subjects.map(async (sub) => {
      const issuer = await createMockIssuer({ now: () => startedMs })
      const token = await issuer.accessToken({ sub })
      const jwks = await issuer.jwks()
      const options = { issuer: issuer.issuer, audience: 'api', currentDate: new Date(startedMs) }
      const { payload } = await jwtVerify(token, createLocalJWKSet(jwks), options)
      return { sub: payload.sub, kid: jwks.keys[0]?.kid }
    }),
  )

  expect(checked.map(({ sub }) => sub)).toEqual(subjects)
  expect(new Set(checked.map(({ kid }) => kid)).size).toBe(1_000)
})
