import { createServer } from 'node:http'
import { protect, RefusalError } from '@bailiwick/express'
import { acr } from '@bailiwick/guard'
import cors from 'cors'
import type express from 'express'
import type { ErrorRequestHandler, Express, RequestHandler } from 'express'
import { type Host, type HostOptions, listen, resource, spoofedPrincipal } from './host.js'
import { orders, partners } from './orders-contract.js'

export function createExpressHost(name: string, framework: typeof express): Host {
  return {
    name,
    start(options) {
      const entered: string[] = []
      const app = createApp(framework, options, (route) => entered.push(route))
      return listen(createServer({ maxHeaderSize: options.maxHeaderSize ?? 16_384 }, app), entered)
    },
  }
}

function createApp(framework: typeof express, options: HostOptions, enter: (route: string) => void): Express {
  const { verifier, partnerVerifier = verifier, onEvent, isVaultOpen = () => true, refusals = 'adapter' } = options
  const api = protect({ verifier, contract: orders, resource, onEvent, refusals: refusals === 'adapter' ? 'send' : 'next' })
  const partner = protect({ verifier: partnerVerifier, contract: partners })
  const app = framework()

  app.get('/health', (_req, res) => void res.json({ ok: true }))
  app.get('/.well-known/oauth-protected-resource', api.metadata())
  app.get('/me', api.guard(), (req, res) => {
    enter('GET /me')
    res.json({ sub: api.principal(req).sub, exposed: res.locals.principal === api.principal(req) })
  })
  app.get('/catalogue', api.authenticate({ optional: true }), (req, res) => {
    enter('GET /catalogue')
    res.json({ visitor: api.principal(req)?.sub ?? 'anonymous' })
  })
  app.get('/accounts/:nr/orders', api.guard(orders.scope('orders_read'), orders.claim('account_nr').equalsParam('nr')), (req, res) => {
    enter('GET /accounts/:nr/orders')
    res.json({ account: api.principal(req).claims.account_nr.padStart(4, '0'), asked: req.params.nr })
  })
  app.post('/accounts/:nr/orders', api.guard(orders.scope('orders_write')), (req, res) => {
    enter('POST /accounts/:nr/orders')
    res.status(201).json({ account: api.principal(req).claims.account_nr })
  })
  app.get('/payments/:id', api.guard(orders.scope('payment:*').equalsParam('id')), (req, res) => {
    enter('GET /payments/:id')
    res.json({ payment: req.params.id })
  })
  app.get('/desk', api.guard(orders.role('clerk')), (_req, res) => {
    enter('GET /desk')
    res.json({ open: true })
  })
  app.get('/refunds', api.guard(orders.permission('order:refund')), (_req, res) => {
    enter('GET /refunds')
    res.json([])
  })
  app.get('/transfers', api.guard(acr('mfa')), (_req, res) => {
    enter('GET /transfers')
    res.json([])
  })
  app.get('/vault', api.guard(orders.check('the vault is open', () => isVaultOpen())), (_req, res) => {
    enter('GET /vault')
    res.json({ gold: true })
  })
  app.get('/fault', api.guard(), () => {
    enter('GET /fault')
    throw new Error('the handler failed')
  })
  app.get('/forgotten', (req, res) => void res.json({ principal: api.principal(req) }))
  app.get('/spoofed', spoof, api.guard(orders.scope('orders_read')), (req, res) => {
    enter('GET /spoofed')
    res.json({ sub: api.principal(req).sub })
  })
  app.get('/answered', answer, api.guard(), () => enter('GET /answered'))

  app.use('/lounge', api.authenticate({ optional: true }))
  app.get('/lounge/members', api.authenticate(), (req, res) => {
    enter('GET /lounge/members')
    res.json({ sub: api.principal(req).sub })
  })
  app.get('/lounge/guarded', api.guard(), (req, res) => {
    enter('GET /lounge/guarded')
    res.json({ sub: api.principal(req).sub })
  })

  const office = framework.Router()
  office.get('/report', api.guard(orders.role('manager')), (_req, res) => {
    enter('GET /office/report')
    res.json({ profit: 1 })
  })
  office.get('/whoami', (req, res) => {
    enter('GET /office/whoami')
    res.json({ sub: api.principal(req)?.sub })
  })
  app.use('/office', api.authenticate(), office)

  app.use('/partners', api.authenticate())
  app.get('/partners/stock', partner.guard(partners.scope('partner_read')), (req, res) => {
    enter('GET /partners/stock')
    res.json({ partner: partner.principal(req).claims.partner, roles: partner.principal(req).roles })
  })

  const shop = framework.Router()
  shop.use(cors(), api.guard())
  shop.get('/items', (_req, res) => {
    enter('GET /shop/items')
    res.json([])
  })
  app.use('/shop', shop)

  if (refusals === 'application') app.use(renderProblem)
  return app
}

const renderProblem: ErrorRequestHandler = (error, _req, res, next) => {
  if (!(error instanceof RefusalError)) return next(error)
  res.status(error.status).set(error.headers).type('application/problem+json')
  res.send(JSON.stringify({ title: error.message, status: error.status }))
}

const spoof: RequestHandler = (req, res, next) => {
  Object.assign(req, { principal: spoofedPrincipal, user: spoofedPrincipal, auth: spoofedPrincipal })
  res.locals.principal = spoofedPrincipal
  next()
}

const answer: RequestHandler = (_req, res, next) => {
  res.status(202).write('answ')
  next()
  setImmediate(() => res.end('ered'))
}
