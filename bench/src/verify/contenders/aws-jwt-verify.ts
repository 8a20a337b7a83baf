import { JwtVerifier } from 'aws-jwt-verify'
import type { Jwks } from 'aws-jwt-verify/jwk'
import type { Contender } from '../contender.js'

export const awsJwtVerify: Contender = {
  name: 'aws-jwt-verify',
  packages: ['aws-jwt-verify'],
  call: 'JwtVerifier.create({ issuer, audience }), cacheJwks, verifySync(token)',
  algorithms: ['RS256', 'ES256', 'EdDSA'],
  async create({ jwk, issuer, audience }) {
    const verifier = JwtVerifier.create({ issuer, audience, jwksUri: `${issuer}/jwks` })
    verifier.cacheJwks({ keys: [jwk] } as Jwks)
    return (token) => verifier.verifySync(token)
  },
}
