import { createJwtVerifier, type VerdictCacheOptions } from '@bailiwick/verifier'
import type { Contender, VerificationInput, Verify } from '../contender.js'

export const bailiwick: Contender = {
  name: 'Bailiwick',
  packages: ['@bailiwick/verifier'],
  call: 'createJwtVerifier({ issuer, audience, keys: { jwks }, cache: false }).verify(token)',
  algorithms: ['RS256', 'PS256', 'ES256', 'EdDSA'],
  create: async (input) => createBailiwick(input, false),
  cached: {
    call: 'createJwtVerifier({ …, cache: { maxEntries: 20_000, maxBytes: 1 GiB } }); by default it keeps 10,000 in 64 MiB',
    create: async (input, room) => createBailiwick(input, { maxEntries: room, maxBytes: 2 ** 30 }),
  },
}

function createBailiwick({ jwk, issuer, audience }: VerificationInput, cache: VerdictCacheOptions | false): Verify {
  const { verify } = createJwtVerifier({ issuer, audience, keys: { jwks: { keys: [jwk] } }, cache })
  return (token) => verify(token)
}
