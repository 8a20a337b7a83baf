import { createJwtVerifier } from '@bailiwick/verifier'
import type { Contender } from '../contender.js'

export const bailiwick: Contender = {
  name: 'Bailiwick',
  packages: ['@bailiwick/verifier'],
  call: 'createJwtVerifier({ issuer, audience, keys: { jwks } }).verify(token)',
  algorithms: ['RS256', 'PS256', 'ES256', 'EdDSA'],
  async create({ jwk, issuer, audience }) {
    const { verify } = createJwtVerifier({ issuer, audience, keys: { jwks: { keys: [jwk] } } })
    return (token) => verify(token)
  },
}
