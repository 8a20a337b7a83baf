import { createPublicKey, type KeyObject, verify as verifySignature } from 'node:crypto'
import { createJwtVerifier } from '@bailiwick/verifier'
import { JwtVerifier } from 'aws-jwt-verify'
import type { Jwks } from 'aws-jwt-verify/jwk'
import { createLocalJWKSet, type JWK, jwtVerify } from 'jose'
import { audience } from '../issuer/issuer.js'
import type { Verify } from '../verify/contender.js'
import { issuerName } from './typical-token.js'

/** A verifier that finds the key of a token in a set that it holds. */
export interface JwksVerifier {
  name: string
  call: string
  create(keys: JWK[]): Verify
}

export const jwksVerifiers: readonly JwksVerifier[] = [
  {
    name: 'node:crypto verify (the limit)',
    call: 'verify(hash, signingInput, keyObject, signature), the key from a Map by kid: no claims',
    create(keys) {
      const keyObjects = new Map(keys.map((jwk) => [jwk.kid, createPublicKey({ key: { ...jwk }, format: 'jwk' })]))
      return (token) => assertSigned(token, keyObjects)
    },
  },
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

function assertSigned(token: string, keys: ReadonlyMap<string | undefined, KeyObject>): void {
  const { kid } = JSON.parse(Buffer.from(token.slice(0, token.indexOf('.')), 'base64url').toString()) as { kid?: string }
  const key = keys.get(kid)
  if (key === undefined) throw new Error('unknown kid')
  const dot = token.lastIndexOf('.')
  const signature = Buffer.from(token.slice(dot + 1), 'base64url')
  const isSigned = verifySignature('sha256', Buffer.from(token.slice(0, dot)), { key, dsaEncoding: 'ieee-p1363' }, signature)
  if (!isSigned) throw new Error('bad signature')
}
