import express from 'express'
import { Hono } from 'hono'
import type { Api } from './api.js'
import { nodeListener } from './node-listener.js'

/** The same route with nothing before it: what the protected ones are compared with. */
export const bareExpress: Api = {
  name: 'bare Express',
  packages: ['express'],
  options: 'none',
  lacks: ['/scoped', '/claimed', '/optional'],
  create() {
    const app = express()
    app.get('/orders', (_req, res) => void res.json([]))
    return app
  },
}

export const bareHono: Api = {
  name: 'bare Hono',
  packages: ['hono', '@hono/node-server'],
  options: 'none',
  lacks: ['/scoped', '/claimed', '/optional'],
  create() {
    const app = new Hono()
    app.get('/orders', (c) => c.json([]))
    return nodeListener(app)
  },
}
