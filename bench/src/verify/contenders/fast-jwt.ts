import { createPublicKey, type JsonWebKey } from 'node:crypto'
import { type Algorithm, createVerifier } from 'fast-jwt'
import type { Contender, VerificationInput, Verify } from '../contender.js'

export const fastJwt: Contender = {
  name: 'fast-jwt',
  packages: ['fast-jwt'],
  call: 'createVerifier({ key, algorithms, allowedIss, allowedAud }), its cache off, which is its default',
  algorithms: ['RS256', 'PS256', 'ES256', 'EdDSA'],
  create: async (input) => createFastJwt(input, false),
  cached: {
    call: 'createVerifier({ …, cache: 20_000 })',
    create: async (input, room) => createFastJwt(input, room),
  },
}

function createFastJwt({ alg, jwk, issuer, audience }: VerificationInput, cache: false | number): Verify {
  const pem = createPublicKey({ key: jwk as JsonWebKey, format: 'jwk' }).export({ type: 'spki', format: 'pem' })
  return createVerifier({ key: pem, algorithms: [alg as Algorithm], allowedIss: issuer, allowedAud: audience, cache })
}
