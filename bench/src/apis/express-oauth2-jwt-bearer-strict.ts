import express from 'express'
import { auth, requiredScopes } from 'express-oauth2-jwt-bearer'
import type { Api } from './api.js'

/** As its documentation configures it for access tokens of RFC 9068. */
export const expressOauth2JwtBearerStrict: Api = {
  name: 'express-oauth2-jwt-bearer, strict',
  packages: ['express-oauth2-jwt-bearer', 'express'],
  options: "auth({ issuerBaseURL, audience, strict: true }); requiredScopes('orders_read')",
  lacks: ['/claimed', '/optional'],
  create({ issuer, audience }) {
    const app = express()
    const authenticated = auth({ issuerBaseURL: issuer, audience, strict: true })
    app.get('/scoped', authenticated, requiredScopes('orders_read'), (_req, res) => void res.json([]))
    return app
  },
}
