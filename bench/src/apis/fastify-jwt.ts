import fastifyJwt, { type TokenOrHeader } from '@fastify/jwt'
import Fastify, { type FastifyRequest } from 'fastify'
import buildGetJwks from 'get-jwks'
import type { Api } from './api.js'
import { fastifyListener } from './fastify-listener.js'

/** Keys from a JWKS as the READMEs of both packages show it, plus checks of issuer and audience. */
export const fastifyJwtJwks: Api = {
  name: '@fastify/jwt + get-jwks',
  packages: ['@fastify/jwt', 'get-jwks', 'fastify'],
  options:
    'register(fastifyJwt, { decode: { complete: true }, secret: (request, { header: { kid, alg }, payload: { iss } }) => getJwks.getPublicKey({ kid, alg, domain: iss }), verify: { allowedIss: issuer, allowedAud: audience } }); buildGetJwks({ issuersWhitelist: [issuer], jwksPath }); request.jwtVerify() as onRequest',
  switches: 'verify: { cache: true } keeps verdicts',
  lacks: ['/scoped', '/claimed', '/optional'],
  create({ issuer, audience, jwksUri, cacheTtlMs }) {
    const jwksPath = new URL(jwksUri).pathname
    const getJwks = buildGetJwks({ issuersWhitelist: [issuer], jwksPath, ...(cacheTtlMs !== undefined && { ttl: cacheTtlMs }) })
    const secret = async (_request: FastifyRequest, token: TokenOrHeader) => {
      if (!('payload' in token)) throw new Error('decode: { complete: true } gives header and payload')
      const { kid, alg } = token.header
      return getJwks.getPublicKey({ kid, alg, domain: token.payload.iss })
    }
    const app = Fastify()
    app.register(fastifyJwt, { decode: { complete: true }, secret, verify: { allowedIss: issuer, allowedAud: audience } })
    app.get('/orders', { onRequest: async (request) => void (await request.jwtVerify()) }, async () => [])
    return fastifyListener(app)
  },
}
