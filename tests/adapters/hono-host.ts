import type { Server } from 'node:http'
import { acr } from '@bailiwick/guard'
import { protect } from '@bailiwick/hono'
import { createAdaptorServer } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { HttpBindings } from '@hono/node-server'
import { Hono, type MiddlewareHandler } from 'hono'
import { cors } from 'hono/cors'
import { createMiddleware } from 'hono/factory'
import { HTTPException } from 'hono/http-exception'
import { type Host, type HostOptions, listen, resource, spoofedPrincipal } from './host.js'
import { orders, partners } from './orders-contract.js'

export function createHonoHost(name: string): Host {
  return {
    name,
    start(options) {
      const entered: string[] = []
      const app = createApp(options, (route) => entered.push(route))
      const serverOptions = { maxHeaderSize: options.maxHeaderSize ?? 16_384 }
      const server = createAdaptorServer({ fetch: app.fetch, overrideGlobalObjects: false, serverOptions })
      return listen(server as Server, entered)
    },
  }
}

function createApp(options: HostOptions, enter: (route: string) => void): Hono {
  const { verifier, partnerVerifier = verifier, onEvent, isVaultOpen = () => true, refusals = 'adapter' } = options
  const api = protect({ verifier, contract: orders, resource, onEvent, refusals: refusals === 'adapter' ? 'send' : 'throw' })
  const partner = protect({ verifier: partnerVerifier, contract: partners })
  const app = new Hono()

  app.get('/health', (c) => c.json({ ok: true }))
  app.get('/.well-known/oauth-protected-resource', api.metadata())
  app.get('/me', api.guard(), (c) => {
    enter('GET /me')
    return c.json({ sub: api.principal(c).sub, exposed: c.var.principal === api.principal(c) })
  })
  app.get('/catalogue', api.authenticate({ optional: true }), (c) => {
    enter('GET /catalogue')
    return c.json({ visitor: api.principal(c)?.sub ?? 'anonymous' })
  })
  app.get('/accounts/:nr/orders', api.guard(orders.scope('orders_read'), orders.claim('account_nr').equalsParam('nr')), (c) => {
    enter('GET /accounts/:nr/orders')
    return c.json({ account: c.var.principal.claims.account_nr.padStart(4, '0'), asked: c.req.param('nr') })
  })
  app.post('/accounts/:nr/orders', api.guard(orders.scope('orders_write')), (c) => {
    enter('POST /accounts/:nr/orders')
    return c.json({ account: c.var.principal.claims.account_nr }, 201)
  })
  app.get('/payments/:id', api.guard(orders.scope('payment:*').equalsParam('id')), (c) => {
    enter('GET /payments/:id')
    return c.json({ payment: c.req.param('id') })
  })
  app.get('/desk', api.guard(orders.role('clerk')), (c) => {
    enter('GET /desk')
    return c.json({ open: true })
  })
  app.get('/refunds', api.guard(orders.permission('order:refund')), (c) => {
    enter('GET /refunds')
    return c.json([])
  })
  app.get('/transfers', api.guard(acr('mfa')), (c) => {
    enter('GET /transfers')
    return c.json([])
  })
  app.get('/vault', api.guard(orders.check('the vault is open', () => isVaultOpen())), (c) => {
    enter('GET /vault')
    return c.json({ gold: true })
  })
  app.get('/fault', api.guard(), () => {
    enter('GET /fault')
    throw new Error('the handler failed')
  })
  app.get('/forgotten', (c) => c.json({ principal: api.principal(c) ?? null }))
  app.get('/spoofed', spoof, api.guard(orders.scope('orders_read')), (c) => {
    enter('GET /spoofed')
    return c.json({ sub: api.principal(c).sub })
  })
  app.get('/answered', answer, api.guard(), (c) => {
    enter('GET /answered')
    return c.body(null)
  })

  app.use('/lounge/*', api.authenticate({ optional: true }))
  app.get('/lounge/members', api.authenticate(), (c) => {
    enter('GET /lounge/members')
    return c.json({ sub: api.principal(c).sub })
  })
  app.get('/lounge/guarded', api.guard(), (c) => {
    enter('GET /lounge/guarded')
    return c.json({ sub: api.principal(c).sub })
  })

  const office = new Hono()
  office.get('/report', api.guard(orders.role('manager')), (c) => {
    enter('GET /office/report')
    return c.json({ profit: 1 })
  })
  office.get('/whoami', (c) => {
    enter('GET /office/whoami')
    return c.json({ sub: api.principal(c)?.sub })
  })
  app.use('/office/*', api.authenticate())
  app.route('/office', office)

  app.use('/partners/*', api.authenticate())
  app.get('/partners/stock', partner.guard(partners.scope('partner_read')), (c) => {
    enter('GET /partners/stock')
    const { claims, roles } = partner.principal(c)
    return c.json({ partner: claims.partner, roles })
  })

  app.use('/shop/*', cors(), api.guard())
  app.get('/shop/items', (c) => {
    enter('GET /shop/items')
    return c.json([])
  })

  app.onError((error, c) => {
    if (!(error instanceof HTTPException)) return c.text('Internal Server Error', 500)
    const response = error.getResponse()
    if (refusals !== 'application') return response
    const headers = { ...Object.fromEntries(response.headers), 'content-type': 'application/problem+json' }
    return c.body(JSON.stringify({ title: error.message, status: error.status }), error.status, headers)
  })
  return app
}

const spoof: MiddlewareHandler = async (c, next) => {
  Object.assign(c.req.raw, { principal: spoofedPrincipal })
  c.set('principal', spoofedPrincipal)
  await next()
}

/** Answers on Node's response, and goes on as if nothing had happened. */
const answer = createMiddleware<{ Bindings: HttpBindings }>(async (c, next) => {
  c.env.outgoing.writeHead(202).write('answ')
  await next()
  c.env.outgoing.end('ered')
  c.res = RESPONSE_ALREADY_SENT
})
