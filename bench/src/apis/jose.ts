import express, { type RequestHandler } from 'express'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import type { Api } from './api.js'

/** What one would write by hand. The statuses are chosen here: they say nothing about the library. */
export const jose: Api = {
  name: 'jose, ten lines of Express',
  packages: ['jose', 'express'],
  options: 'jwtVerify(token, createRemoteJWKSet(url), { issuer, audience }); every error answered with 401',
  switches:
    'typ and requiredClaims check more; cooldownDuration shortens the wait for a rotated key; which errors are an outage can be told by their class',
  lacks: ['/scoped', '/claimed', '/optional'],
  create({ issuer, audience, jwksUri, cacheTtlMs }) {
    const keys = createRemoteJWKSet(new URL(jwksUri), cacheTtlMs === undefined ? {} : { cacheMaxAge: cacheTtlMs })
    const authenticated: RequestHandler = async (req, res, next) => {
      try {
        const token = req.headers.authorization?.replace(/^Bearer /i, '') ?? ''
        res.locals.claims = (await jwtVerify(token, keys, { issuer, audience })).payload
      } catch {
        res.status(401).json({ error: 'invalid_token' })
        return
      }
      next()
    }
    const app = express()
    app.get('/orders', authenticated, (_req, res) => void res.json([]))
    return app
  },
}
