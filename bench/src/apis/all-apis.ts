import type { Api } from './api.js'
import { awsJwtVerify } from './aws-jwt-verify.js'
import { bailiwickExpress } from './bailiwick-express.js'
import { bailiwickHono } from './bailiwick-hono.js'
import { expressJwt, expressJwtRateLimited } from './express-jwt.js'
import { expressOauth2JwtBearer } from './express-oauth2-jwt-bearer.js'
import { honoJwk } from './hono-jwk.js'
import { jose } from './jose.js'

/** In the order of the table's columns. */
export const allApis: readonly Api[] = [
  bailiwickExpress,
  bailiwickHono,
  expressOauth2JwtBearer,
  expressJwt,
  expressJwtRateLimited,
  honoJwk,
  jose,
  awsJwtVerify,
]
