import { Router } from '@koa/router'
import express from 'express'
import Fastify from 'fastify'
import { Hono } from 'hono'
import Koa from 'koa'
import type { Api } from './api.js'
import { fastifyListener } from './fastify-listener.js'
import { koaListener } from './koa-listener.js'
import { nodeListener } from './node-listener.js'

/** The route without protection, on each framework: the baseline of the protected ones. */
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

export const bareKoa: Api = {
  name: 'bare Koa',
  packages: ['koa', '@koa/router'],
  options: 'none',
  lacks: ['/scoped', '/claimed', '/optional'],
  create() {
    const router = new Router()
    router.get('/orders', (ctx) => {
      ctx.body = []
    })
    return koaListener(new Koa().use(router.routes()))
  },
}

export const bareFastify: Api = {
  name: 'bare Fastify',
  packages: ['fastify'],
  options: 'none',
  lacks: ['/scoped', '/claimed', '/optional'],
  create() {
    const app = Fastify()
    app.get('/orders', async () => [])
    return fastifyListener(app)
  },
}
