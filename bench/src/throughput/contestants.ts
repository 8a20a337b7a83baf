import type { Api } from '../apis/api.js'
import { bailiwickExpress } from '../apis/bailiwick-express.js'
import { bailiwickFastify } from '../apis/bailiwick-fastify.js'
import { bailiwickHono } from '../apis/bailiwick-hono.js'
import { bailiwickKoa } from '../apis/bailiwick-koa.js'
import { bareExpress, bareFastify, bareHono, bareKoa } from '../apis/bare.js'
import { expressJwt } from '../apis/express-jwt.js'
import { expressOauth2JwtBearer } from '../apis/express-oauth2-jwt-bearer.js'
import { fastifyJwtJwks } from '../apis/fastify-jwt.js'
import { honoJwk } from '../apis/hono-jwk.js'
import { noOpExpress, noOpHono } from '../apis/no-op.js'

/** The routes of one framework. */
export interface Contest {
  bare: Api
  /** The bare route behind a middleware that does nothing: the least that any protection can cost. */
  noOp?: Api
  protectedApis: readonly Api[]
}

/** The bare route of each framework, and the routes that are compared with it. */
export const contests: readonly Contest[] = [
  { bare: bareExpress, noOp: noOpExpress, protectedApis: [bailiwickExpress, expressOauth2JwtBearer, expressJwt] },
  { bare: bareKoa, protectedApis: [bailiwickKoa] },
  { bare: bareHono, noOp: noOpHono, protectedApis: [bailiwickHono, honoJwk] },
  { bare: bareFastify, protectedApis: [bailiwickFastify, fastifyJwtJwks] },
]

/** Everything that a server can be told to serve, by name. */
export const allRoutes: readonly Api[] = contests.flatMap(({ bare, noOp, protectedApis }) => [
  bare,
  ...(noOp ? [noOp] : []),
  ...protectedApis,
])
