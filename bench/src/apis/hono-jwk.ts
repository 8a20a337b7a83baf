import { Hono } from 'hono'
import { jwk } from 'hono/jwk'
import type { JwtVariables } from 'hono/jwt'
import type { Api } from './api.js'
import { nodeListener } from './node-listener.js'

export const honoJwk: Api = {
  name: 'hono jwk',
  packages: ['hono', '@hono/node-server'],
  options: "jwk({ jwks_uri, alg: ['ES256', 'RS256'], verification: { iss, aud } }); allow_anon: true on the optional route",
  switches: 'verification.typ names the type that is accepted; keys takes a function with a cache of your own',
  lacks: ['/scoped', '/claimed'],
  withoutCacheTtl: 'no cache',
  create({ issuer, audience, jwksUri }) {
    const options = { jwks_uri: jwksUri, alg: ['ES256' as const, 'RS256' as const], verification: { iss: issuer, aud: audience } }
    const app = new Hono<{ Variables: JwtVariables<{ sub?: string } | undefined> }>()
    app.get('/orders', jwk(options), (c) => c.json([]))
    app.get('/optional', jwk({ ...options, allow_anon: true }), (c) => c.json({ sub: c.get('jwtPayload')?.sub ?? null }))
    return nodeListener(app)
  },
}
