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

/** Each framework's bare route, and the protected ones that are compared with it. */
export const contestants: readonly { bare: Api; protectedApis: readonly Api[] }[] = [
  { bare: bareExpress, protectedApis: [bailiwickExpress, expressOauth2JwtBearer, expressJwt] },
  { bare: bareKoa, protectedApis: [bailiwickKoa] },
  { bare: bareHono, protectedApis: [bailiwickHono, honoJwk] },
  { bare: bareFastify, protectedApis: [bailiwickFastify, fastifyJwtJwks] },
]
