import express from 'express'
import { auth, claimEquals, requiredScopes } from 'express-oauth2-jwt-bearer'
import type { Api } from './api.js'

export const expressOauth2JwtBearer: Api = {
  name: 'express-oauth2-jwt-bearer',
  packages: ['express-oauth2-jwt-bearer', 'express'],
  options: 'auth({ issuerBaseURL, audience }); requiredScopes, claimEquals; authRequired: false on the optional route',
  switches:
    'strict: true demands at+jwt; getCertificate checks certificate-bound tokens; cooldownDuration shortens the wait for a rotated key',
  lacks: [],
  create({ issuer, audience, cacheTtlMs }) {
    const options = { issuerBaseURL: issuer, audience, ...(cacheTtlMs !== undefined && { cacheMaxAge: cacheTtlMs }) }
    const app = express()
    const authenticated = auth(options)
    app.get('/orders', authenticated, (_req, res) => void res.json([]))
    app.get('/scoped', authenticated, requiredScopes('orders_read'), (_req, res) => void res.json([]))
    app.get('/claimed', authenticated, claimEquals('account_nr', '42'), (_req, res) => void res.json([]))
    app.get('/optional', auth({ ...options, authRequired: false }), (req, res) => {
      res.json({ sub: req.auth?.payload.sub ?? null })
    })
    return app
  },
}
