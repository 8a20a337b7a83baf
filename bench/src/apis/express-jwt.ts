import express from 'express'
import { expressjwt, type Request } from 'express-jwt'
import { expressJwtSecret } from 'jwks-rsa'
import type { Api } from './api.js'

export const expressJwt = expressJwtWith('express-jwt + jwks-rsa', { cache: true })
export const expressJwtRateLimited = expressJwtWith('express-jwt + jwks-rsa, rateLimit', { cache: true, rateLimit: true })

function expressJwtWith(name: string, jwksOptions: { cache: true; rateLimit?: true }): Api {
  const limits = jwksOptions.rateLimit ? 'cache: true, rateLimit: true' : 'cache: true'
  return {
    name,
    packages: ['express-jwt', 'jwks-rsa', 'express'],
    options: `expressjwt({ secret: expressJwtSecret({ jwksUri, ${limits} }), issuer, audience, algorithms: ['ES256', 'RS256'] }); credentialsRequired: false on the optional route`,
    switches: 'cacheMaxAgeFallback keeps keys through an outage; jwksRequestsPerMinute sets the limit, 10 by default',
    lacks: ['/scoped', '/claimed'],
    create({ issuer, audience, jwksUri, cacheTtlMs }) {
      const ttl = cacheTtlMs !== undefined && { cacheMaxAge: cacheTtlMs }
      const options = {
        secret: expressJwtSecret({ jwksUri, ...jwksOptions, ...ttl }),
        issuer,
        audience,
        algorithms: ['ES256' as const, 'RS256' as const],
      }
      const app = express()
      app.get('/orders', expressjwt(options), (_req, res) => void res.json([]))
      app.get('/optional', expressjwt({ ...options, credentialsRequired: false }), (req: Request, res) => {
        res.json({ sub: req.auth?.sub ?? null })
      })
      return app
    },
  }
}
