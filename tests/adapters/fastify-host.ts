import { createServer } from 'node:http'
import { protect } from '@bailiwick/fastify'
import { acr } from '@bailiwick/guard'
import type fastifyCors from '@fastify/cors'
import type fastify from 'fastify'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest, onRequestHookHandler } from 'fastify'
import { type Host, type HostOptions, listen, resource, spoofedPrincipal } from './host.js'
import { orders, partners } from './orders-contract.js'

/** A major of Fastify, and of its CORS plugin. */
interface Framework {
  readonly fastify: typeof fastify
  readonly cors: typeof fastifyCors
}

export function createFastifyHost(name: string, framework: Framework): Host {
  return {
    name,
    async start(options) {
      const entered: string[] = []
      const app = await createApp(framework, options, (route) => entered.push(route))
      await app.ready()
      return listen(
        createServer({ maxHeaderSize: options.maxHeaderSize ?? 16_384 }, (req, res) => app.routing(req, res)),
        entered,
      )
    },
  }
}

async function createApp({ fastify, cors }: Framework, options: HostOptions, enter: (route: string) => void): Promise<FastifyInstance> {
  const { verifier, partnerVerifier = verifier, onEvent, isVaultOpen = () => true, refusals = 'adapter' } = options
  const api = protect({ verifier, contract: orders, resource, onEvent, refusals: refusals === 'adapter' ? 'send' : 'throw' })
  const partner = protect({ verifier: partnerVerifier, contract: partners })
  const app = fastify()
  // The requests of this suite have no body that a route would read, and no content type.
  app.addContentTypeParser('*', (_request, payload, done) => {
    payload.resume()
    done(null)
  })
  if (refusals === 'application') app.setErrorHandler(renderProblem)

  app.get('/health', async () => ({ ok: true }))
  app.get('/.well-known/oauth-protected-resource', api.metadata())
  app.get('/me', { onRequest: api.guard() }, async (request) => {
    enter('GET /me')
    // Nowhere but here: Fastify has no place that both a hook and its types reach.
    return { sub: api.principal(request).sub, exposed: true }
  })
  app.get('/catalogue', { onRequest: api.authenticate({ optional: true }) }, async (request) => {
    enter('GET /catalogue')
    return { visitor: api.principal(request)?.sub ?? 'anonymous' }
  })
  const own = api.guard(orders.scope('orders_read'), orders.claim('account_nr').equalsParam('nr'))
  app.get('/accounts/:nr/orders', { onRequest: own }, async (request) => {
    enter('GET /accounts/:nr/orders')
    return { account: api.principal(request).claims.account_nr.padStart(4, '0'), asked: paramOf(request, 'nr') }
  })
  app.post('/accounts/:nr/orders', { onRequest: api.guard(orders.scope('orders_write')) }, async (request, reply) => {
    enter('POST /accounts/:nr/orders')
    return reply.code(201).send({ account: api.principal(request).claims.account_nr })
  })
  app.get('/payments/:id', { onRequest: api.guard(orders.scope('payment:*').equalsParam('id')) }, async (request) => {
    enter('GET /payments/:id')
    return { payment: paramOf(request, 'id') }
  })
  app.get('/desk', { preHandler: api.guard(orders.role('clerk')) }, async () => {
    enter('GET /desk')
    return { open: true }
  })
  app.get('/refunds', { onRequest: api.guard(orders.permission('order:refund')) }, async () => {
    enter('GET /refunds')
    return []
  })
  app.get('/transfers', { onRequest: api.guard(acr('mfa')) }, async () => {
    enter('GET /transfers')
    return []
  })
  app.get('/vault', { onRequest: api.guard(orders.check('the vault is open', () => isVaultOpen())) }, async () => {
    enter('GET /vault')
    return { gold: true }
  })
  app.get('/fault', { onRequest: api.guard() }, async () => {
    enter('GET /fault')
    throw new Error('the handler failed')
  })
  app.get('/forgotten', async (request) => ({ principal: api.principal(request) }))
  app.get('/spoofed', { onRequest: [spoof, api.guard(orders.scope('orders_read'))] }, async (request) => {
    enter('GET /spoofed')
    return { sub: api.principal(request)?.sub }
  })
  app.get('/answered', { onRequest: [answer, api.guard()] }, async () => enter('GET /answered'))

  await app.register(lounge, { prefix: '/lounge' })
  await app.register(office, { prefix: '/office' })
  await app.register(partnerApi, { prefix: '/partners' })
  await app.register(shop, { prefix: '/shop' })
  return app

  async function lounge(plugin: FastifyInstance): Promise<void> {
    plugin.addHook('onRequest', api.authenticate({ optional: true }))
    plugin.get('/members', { onRequest: api.authenticate() }, async (request) => {
      enter('GET /lounge/members')
      return { sub: api.principal(request).sub }
    })
    plugin.get('/guarded', { onRequest: api.guard() }, async (request) => {
      enter('GET /lounge/guarded')
      return { sub: api.principal(request).sub }
    })
  }

  async function office(plugin: FastifyInstance): Promise<void> {
    plugin.addHook('onRequest', api.authenticate())
    // Of its own, so that the hooks of this plugin run before it too.
    plugin.setNotFoundHandler(async (_request, reply) => reply.code(404).send({ title: 'Not found' }))
    plugin.get('/report', { onRequest: api.guard(orders.role('manager')) }, async () => {
      enter('GET /office/report')
      return { profit: 1 }
    })
    plugin.get('/whoami', async (request) => {
      enter('GET /office/whoami')
      return { sub: api.principal(request)?.sub }
    })
  }

  async function partnerApi(plugin: FastifyInstance): Promise<void> {
    plugin.addHook('onRequest', api.authenticate())
    plugin.get('/stock', { onRequest: partner.guard(partners.scope('partner_read')) }, async (request) => {
      enter('GET /partners/stock')
      const { claims, roles } = partner.principal(request)
      return { partner: claims.partner, roles }
    })
  }

  async function shop(plugin: FastifyInstance): Promise<void> {
    await plugin.register(cors, { origin: '*' })
    plugin.addHook('onRequest', api.guard())
    plugin.get('/items', async () => {
      enter('GET /shop/items')
      return []
    })
  }
}

function paramOf({ params }: { readonly params: unknown }, name: string): unknown {
  return typeof params === 'object' && params !== null ? Reflect.get(params, name) : undefined
}

function renderProblem(error: FastifyError, _request: FastifyRequest, reply: FastifyReply): void {
  if (!('headers' in error)) return void reply.send(error)
  const { statusCode = 500, message, headers } = error as FastifyError & { readonly headers: Record<string, string> }
  reply.code(statusCode).headers(headers).type('application/problem+json')
  reply.send(JSON.stringify({ title: message, status: statusCode }))
}

const spoof: onRequestHookHandler = (request, _reply, done) => {
  Object.assign(request.raw, { principal: spoofedPrincipal })
  Object.assign(request, { principal: spoofedPrincipal, user: spoofedPrincipal })
  done()
}

/** Answers on Node's response, and goes on as if nothing had happened. */
const answer: onRequestHookHandler = (_request, reply, done) => {
  reply.raw.writeHead(202).write('answ')
  done()
  setImmediate(() => reply.raw.end('ered'))
}
