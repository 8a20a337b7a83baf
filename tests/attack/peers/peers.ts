import type { RequestListener } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import { jwk } from 'hono/jwk'
import type { IssuerSettings } from '../../../bench/src/apis/api.js'
import { bailiwickExpress } from '../../../bench/src/apis/bailiwick-express.js'
import { expressJwt } from '../../../bench/src/apis/express-jwt.js'
import { expressOauth2JwtBearer } from '../../../bench/src/apis/express-oauth2-jwt-bearer.js'
import { expressOauth2JwtBearerStrict } from '../../../bench/src/apis/express-oauth2-jwt-bearer-strict.js'
import { fastifyJwtJwks } from '../../../bench/src/apis/fastify-jwt.js'

/** A way to protect an API that is attacked, and how it is set up. */
export interface Peer {
  readonly name: string
  readonly packages: readonly string[]
  /** The options, in the words of the library; everything else is at its default. */
  readonly options: string
  readonly path: string
  /** Of the good token. Absent where the library has nothing for scopes, so that forgeries about them say nothing. */
  readonly scope?: string
  create(settings: IssuerSettings): RequestListener
}

/** As the bench has them, by their documentation. */
export const peers: readonly Peer[] = [
  {
    ...bailiwickExpress,
    options: "protect({ verifier: createJwtVerifier({ issuer, audience }), contract }); guard(contract.scope('orders_read'))",
    path: '/scoped',
    scope: 'orders_read',
  },
  {
    ...expressOauth2JwtBearer,
    options: "auth({ issuerBaseURL, audience }); requiredScopes('orders_read')",
    path: '/scoped',
    scope: 'orders_read',
  },
  { ...expressOauth2JwtBearerStrict, path: '/scoped', scope: 'orders_read' },
  {
    ...expressJwt,
    options: "expressjwt({ secret: expressJwtSecret({ jwksUri, cache: true }), issuer, audience, algorithms: ['ES256', 'RS256'] })",
    path: '/orders',
  },
  {
    name: 'hono jwk',
    packages: ['hono'],
    options: "jwk({ jwks_uri, alg: ['ES256', 'RS256'], verification: { iss, aud, typ: 'at+jwt' } })",
    path: '/orders',
    create({ issuer, audience, jwksUri }) {
      const app = new Hono()
      const verification = { iss: issuer, aud: audience, typ: 'at+jwt' }
      app.get('/orders', jwk({ jwks_uri: jwksUri, alg: ['ES256', 'RS256'], verification }), (c) => c.json([]))
      const listener = getRequestListener(app.fetch)
      return (request, response) => void listener(request, response)
    },
  },
  {
    ...fastifyJwtJwks,
    options:
      'fastifyJwt with secret: getJwks.getPublicKey({ kid, alg, domain: iss }), verify: { allowedIss, allowedAud }; buildGetJwks({ issuersWhitelist, jwksPath })',
    path: '/orders',
  },
]
