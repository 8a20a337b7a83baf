import { createPublicKey, type JsonWebKey } from 'node:crypto'
import jsonwebtoken from 'jsonwebtoken'
import type { Contender } from '../contender.js'

export const jsonWebToken: Contender = {
  name: 'jsonwebtoken',
  packages: ['jsonwebtoken'],
  call: 'verify(token, keyObject, { issuer, audience, algorithms })',
  algorithms: ['RS256', 'PS256', 'ES256'],
  async create({ alg, jwk, issuer, audience }) {
    const key = createPublicKey({ key: jwk as JsonWebKey, format: 'jwk' })
    return (token) => jsonwebtoken.verify(token, key, { issuer, audience, algorithms: [alg as jsonwebtoken.Algorithm] })
  },
}
