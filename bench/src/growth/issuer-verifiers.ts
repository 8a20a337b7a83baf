import { createMultiIssuerVerifier } from '@bailiwick/verifier'
import { JwtVerifier } from 'aws-jwt-verify'
import type { Jwks } from 'aws-jwt-verify/jwk'
import type { JWK } from 'jose'
import { audience } from '../issuer/issuer.js'
import type { Verify } from '../verify/contender.js'

/** A trusted issuer and its key. */
export interface TrustedIssuer {
  issuer: string
  jwk: JWK
}

/** A verifier of the tokens of many issuers. */
export interface IssuersVerifier {
  name: string
  call: string
  create(issuers: readonly TrustedIssuer[]): Verify
}

export const issuersVerifiers: readonly IssuersVerifier[] = [
  {
    name: 'Bailiwick, cached',
    call: 'createMultiIssuerVerifier({ issuers: [{ issuer, audience, keys: { jwks } }, …] })',
    create(issuers) {
      const { verify } = createMultiIssuerVerifier({ issuers: issuers.map(withKeys) })
      return (token) => verify(token)
    },
  },
  {
    name: 'Bailiwick',
    call: 'the same with cache: false',
    create(issuers) {
      const { verify } = createMultiIssuerVerifier({ issuers: issuers.map(withKeys), cache: false })
      return (token) => verify(token)
    },
  },
  {
    name: 'aws-jwt-verify',
    call: 'JwtVerifier.create([{ issuer, audience, jwksUri }, …]), cacheJwks for each, verifySync(token)',
    create(issuers) {
      const verifier = JwtVerifier.create(issuers.map(({ issuer }) => ({ issuer, audience, jwksUri: `${issuer}/jwks` })))
      for (const { issuer, jwk } of issuers) verifier.cacheJwks({ keys: [jwk] } as Jwks, issuer)
      return (token) => verifier.verifySync(token)
    },
  },
]

/** Without keys: these would be fetched when the first token of each issuer comes. */
export function createWithoutKeys(issuers: readonly TrustedIssuer[]): void {
  createMultiIssuerVerifier({ issuers: issuers.map(({ issuer }) => ({ issuer, audience })) })
}

function withKeys({ issuer, jwk }: TrustedIssuer) {
  return { issuer, audience, keys: { jwks: { keys: [jwk] } } }
}
