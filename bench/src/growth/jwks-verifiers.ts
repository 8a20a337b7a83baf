import { createJwtVerifier } from '@bailiwick/verifier'
import { JwtVerifier } from 'aws-jwt-verify'
import type { Jwks } from 'aws-jwt-verify/jwk'
import { createLocalJWKSet, type JWK, jwtVerify } from 'jose'
import { audience } from '../issuer/issuer.js'
import type { Verify } from '../verify/contender.js'
import { issuerName } from './typical-token.js'

/** Something that finds the key of a token in a set that it holds. */
export interface JwksVerifier {
  name: string
  call: string
  create(keys: JWK[]): Verify
}

export const jwksVerifiers: readonly JwksVerifier[] = [
  {
    name: 'Bailiwick, cached',
    call: 'createJwtVerifier({ issuer, audience, keys: { jwks } })',
    create(keys) {
      const { verify } = createJwtVerifier({ issuer: issuerName, audience, keys: { jwks: { keys } } })
      return (token) => verify(token)
    },
  },
  {
    name: 'Bailiwick',
    call: 'the same with cache: false',
    create(keys) {
      const { verify } = createJwtVerifier({ issuer: issuerName, audience, keys: { jwks: { keys } }, cache: false })
      return (token) => verify(token)
    },
  },
  {
    name: 'jose',
    call: 'jwtVerify(token, createLocalJWKSet(jwks), { issuer, audience })',
    create(keys) {
      const keySet = createLocalJWKSet({ keys })
      return (token) => jwtVerify(token, keySet, { issuer: issuerName, audience })
    },
  },
  {
    name: 'aws-jwt-verify',
    call: 'JwtVerifier.create({ issuer, audience, jwksUri }), cacheJwks, verifySync(token)',
    create(keys) {
      const verifier = JwtVerifier.create({ issuer: issuerName, audience, jwksUri: `${issuerName}/jwks` })
      verifier.cacheJwks({ keys } as Jwks)
      return (token) => verifier.verifySync(token)
    },
  },
]
