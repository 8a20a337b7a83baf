import cors from '@fastify/cors'
import express from 'express'
import express4 from 'express4'
import fastify from 'fastify'
import fastify4 from 'fastify4'
import cors4 from 'fastify4-cors'
import Koa from 'koa'
import Koa2 from 'koa2'
import { createExpressHost } from './express-host.js'
import { createFastifyHost } from './fastify-host.js'
import { createHonoHost } from './hono-host.js'
import type { Host } from './host.js'
import { createKoaHost } from './koa-host.js'

/** Every framework, each on a socket of its own. The older majors have other types and the same functions. */
export const hosts: readonly Host[] = [
  createExpressHost('Express 4', express4 as unknown as typeof express),
  createExpressHost('Express 5', express),
  createKoaHost('Koa 2', Koa2 as unknown as typeof Koa),
  createKoaHost('Koa 3', Koa),
  createHonoHost('Hono 4'),
  createFastifyHost('Fastify 4', { fastify: fastify4 as unknown as typeof fastify, cors: cors4 }),
  createFastifyHost('Fastify 5', { fastify, cors }),
]
