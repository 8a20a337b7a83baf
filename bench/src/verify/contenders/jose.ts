import { importJWK, jwtVerify } from 'jose'
import type { Contender } from '../contender.js'

export const jose: Contender = {
  name: 'jose',
  packages: ['jose'],
  call: 'jwtVerify(token, key, { issuer, audience }), the key imported before',
  algorithms: ['RS256', 'PS256', 'ES256', 'EdDSA'],
  async create({ alg, jwk, issuer, audience }) {
    const key = await importJWK(jwk, alg)
    return (token) => jwtVerify(token, key, { issuer, audience })
  },
}
