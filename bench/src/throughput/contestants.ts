import type { Api } from '../apis/api.js'
import { bailiwickExpress } from '../apis/bailiwick-express.js'
import { bailiwickHono } from '../apis/bailiwick-hono.js'
import { bareExpress, bareHono } from '../apis/bare.js'
import { expressJwt } from '../apis/express-jwt.js'
import { expressOauth2JwtBearer } from '../apis/express-oauth2-jwt-bearer.js'
import { honoJwk } from '../apis/hono-jwk.js'

/** Each framework's bare route, and the protected ones that are compared with it. */
export const contestants: readonly { bare: Api; protectedApis: readonly Api[] }[] = [
  { bare: bareExpress, protectedApis: [bailiwickExpress, expressOauth2JwtBearer, expressJwt] },
  { bare: bareHono, protectedApis: [bailiwickHono, honoJwk] },
]
