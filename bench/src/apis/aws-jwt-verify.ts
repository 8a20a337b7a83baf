import { JwtVerifier } from 'aws-jwt-verify'
import { SimpleJwksCache } from 'aws-jwt-verify/jwk'
import express, { type RequestHandler } from 'express'
import type { Api } from './api.js'
import { plainFetcher } from './plain-fetcher.js'

/** The Express example of its README, plus stripping the scheme from the header. The statuses are those of the example. */
export const awsJwtVerify: Api = {
  name: 'aws-jwt-verify, ten lines of Express',
  packages: ['aws-jwt-verify', 'express'],
  options:
    'JwtVerifier.create({ issuer, audience, jwksUri }) and the Express example of its README, which answers every error with 403; a fetcher for plain http, without the one retry of its own; scope: "orders_read" on the scoped route',
  switches:
    'customJwtCheck sees header and claims; cacheJwks({ keys: [] }) on a timer limits the time; a penaltyBox of your own replaces the 10 s',
  lacks: ['/claimed', '/optional'],
  withoutCacheTtl: 'no time limit',
  create({ issuer, audience, jwksUri }) {
    const jwksCache = new SimpleJwksCache({ fetcher: plainFetcher })
    const verifier = JwtVerifier.create({ issuer, audience, jwksUri }, { jwksCache })
    const authenticated =
      (required: { scope?: string } = {}): RequestHandler =>
      async (req, res, next) => {
        try {
          await verifier.verify(req.headers.authorization?.replace(/^Bearer /i, '') ?? '', required)
        } catch {
          res.status(403).json({ statusCode: 403, message: 'Forbidden' })
          return
        }
        next()
      }
    const app = express()
    app.get('/orders', authenticated(), (_req, res) => void res.json([]))
    app.get('/scoped', authenticated({ scope: 'orders_read' }), (_req, res) => void res.json([]))
    return app
  },
}
