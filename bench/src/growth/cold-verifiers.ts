import { createJwtVerifier } from '@bailiwick/verifier'
import { JwtVerifier } from 'aws-jwt-verify'
import { SimpleJwksCache } from 'aws-jwt-verify/jwk'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import { plainFetcher } from '../apis/plain-fetcher.js'
import { audience, type Issuer } from '../issuer/issuer.js'
import type { Verify } from '../verify/contender.js'

/** A verifier that has to fetch the keys when the first token comes. */
export interface ColdVerifier {
  name: string
  call: string
  create(issuer: Issuer): Verify
}

export const coldVerifiers: readonly ColdVerifier[] = [
  {
    name: 'Bailiwick, metadata and keys',
    call: 'createJwtVerifier({ issuer, audience })',
    create({ url }) {
      const { verify } = createJwtVerifier({ issuer: url, audience })
      return (token) => verify(token)
    },
  },
  {
    name: 'Bailiwick, keys',
    call: 'createJwtVerifier({ issuer, audience, keys: { jwksUri } })',
    create({ url, jwksUri }) {
      const { verify } = createJwtVerifier({ issuer: url, audience, keys: { jwksUri } })
      return (token) => verify(token)
    },
  },
  {
    name: 'jose, keys',
    call: 'jwtVerify(token, createRemoteJWKSet(url), { issuer, audience })',
    create({ url, jwksUri }) {
      const keys = createRemoteJWKSet(new URL(jwksUri))
      return (token) => jwtVerify(token, keys, { issuer: url, audience })
    },
  },
  {
    name: 'aws-jwt-verify, keys',
    call: 'JwtVerifier.create({ issuer, audience, jwksUri }, { jwksCache }).verify(token), with a fetcher for plain http',
    create({ url, jwksUri }) {
      const verifier = JwtVerifier.create({ issuer: url, audience, jwksUri }, { jwksCache: new SimpleJwksCache({ fetcher: plainFetcher }) })
      return (token) => verifier.verify(token)
    },
  },
]
