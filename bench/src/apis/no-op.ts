import express, { type RequestHandler } from 'express'
import { createMiddleware } from 'hono/factory'
import { Hono } from 'hono'
import type { Api } from './api.js'
import { nodeListener } from './node-listener.js'

/** A middleware that only calls `next`: what a protected route costs without the protection. */
export const noOpExpress: Api = {
  name: 'a middleware that does nothing, on Express',
  packages: ['express'],
  options: "app.get('/orders', async (req, res, next) => next(), …)",
  lacks: ['/scoped', '/claimed', '/optional'],
  create() {
    const noOp: RequestHandler = async (_req, _res, next) => next()
    const app = express()
    app.get('/orders', noOp, (_req, res) => void res.json([]))
    return app
  },
}

export const noOpHono: Api = {
  name: 'a middleware that does nothing, on Hono',
  packages: ['hono', '@hono/node-server'],
  options: "app.get('/orders', async (c, next) => { await next() }, …)",
  lacks: ['/scoped', '/claimed', '/optional'],
  create() {
    const noOp = createMiddleware(async (_c, next) => {
      await next()
    })
    const app = new Hono()
    app.get('/orders', noOp, (c) => c.json([]))
    return nodeListener(app)
  },
}
