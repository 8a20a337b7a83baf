import { createServer } from 'node:http'
import { acr } from '@bailiwick/guard'
import { protect } from '@bailiwick/koa'
import cors from '@koa/cors'
import { Router } from '@koa/router'
import type Koa from 'koa'
import { type Host, type HostOptions, listen, resource, spoofedPrincipal } from './host.js'
import { orders, partners } from './orders-contract.js'

export function createKoaHost(name: string, Framework: typeof Koa): Host {
  return {
    name,
    start(options) {
      const entered: string[] = []
      const app = createApp(Framework, options, (route) => entered.push(route))
      const handle = app.callback()
      return listen(
        createServer({ maxHeaderSize: options.maxHeaderSize ?? 16_384 }, (req, res) => void handle(req, res)),
        entered,
      )
    },
  }
}

function createApp(Framework: typeof Koa, options: HostOptions, enter: (route: string) => void): Koa {
  const { verifier, partnerVerifier = verifier, onEvent, isVaultOpen = () => true, refusals = 'adapter' } = options
  const api = protect({ verifier, contract: orders, resource, onEvent, refusals: refusals === 'adapter' ? 'send' : 'throw' })
  const partner = protect({ verifier: partnerVerifier, contract: partners })
  const app = new Framework()
  // Koa writes errors to the console.
  app.silent = true
  const router = new Router()

  router.get('/health', (ctx) => {
    ctx.body = { ok: true }
  })
  router.get('/.well-known/oauth-protected-resource', api.metadata())
  router.get('/me', api.guard(), (ctx) => {
    enter('GET /me')
    ctx.body = { sub: api.principal(ctx).sub, exposed: ctx.state.principal === api.principal(ctx) }
  })
  router.get('/catalogue', api.authenticate({ optional: true }), (ctx) => {
    enter('GET /catalogue')
    ctx.body = { visitor: api.principal(ctx)?.sub ?? 'anonymous' }
  })
  router.get('/accounts/:nr/orders', api.guard(orders.scope('orders_read'), orders.claim('account_nr').equalsParam('nr')), (ctx) => {
    enter('GET /accounts/:nr/orders')
    ctx.body = { account: ctx.state.principal.claims.account_nr.padStart(4, '0'), asked: ctx.params['nr'] }
  })
  router.post('/accounts/:nr/orders', api.guard(orders.scope('orders_write')), (ctx) => {
    enter('POST /accounts/:nr/orders')
    ctx.status = 201
    ctx.body = { account: ctx.state.principal.claims.account_nr }
  })
  router.get('/payments/:id', api.guard(orders.scope('payment:*').equalsParam('id')), (ctx) => {
    enter('GET /payments/:id')
    ctx.body = { payment: ctx.params['id'] }
  })
  router.get('/desk', api.guard(orders.role('clerk')), (ctx) => {
    enter('GET /desk')
    ctx.body = { open: true }
  })
  router.get('/refunds', api.guard(orders.permission('order:refund')), (ctx) => {
    enter('GET /refunds')
    ctx.body = []
  })
  router.get('/transfers', api.guard(acr('mfa')), (ctx) => {
    enter('GET /transfers')
    ctx.body = []
  })
  router.get('/vault', api.guard(orders.check('the vault is open', () => isVaultOpen())), (ctx) => {
    enter('GET /vault')
    ctx.body = { gold: true }
  })
  router.get('/fault', api.guard(), () => {
    enter('GET /fault')
    throw new Error('the handler failed')
  })
  router.get('/forgotten', (ctx) => {
    ctx.body = { principal: api.principal(ctx) }
  })
  router.get('/spoofed', spoof, api.guard(orders.scope('orders_read')), (ctx) => {
    enter('GET /spoofed')
    ctx.body = { sub: api.principal(ctx).sub }
  })
  router.get('/answered', answer, api.guard(), () => enter('GET /answered'))

  router.get('/lounge/members', api.authenticate(), (ctx) => {
    enter('GET /lounge/members')
    ctx.body = { sub: api.principal(ctx).sub }
  })
  router.get('/lounge/guarded', api.guard(), (ctx) => {
    enter('GET /lounge/guarded')
    ctx.body = { sub: api.principal(ctx).sub }
  })
  const office = new Router()
  office.get('/report', api.guard(orders.role('manager')), (ctx) => {
    enter('GET /office/report')
    ctx.body = { profit: 1 }
  })
  office.get('/whoami', (ctx) => {
    enter('GET /office/whoami')
    ctx.body = { sub: api.principal(ctx)?.sub }
  })
  router.get('/partners/stock', partner.guard(partners.scope('partner_read')), (ctx) => {
    enter('GET /partners/stock')
    const { claims, roles } = partner.principal(ctx)
    ctx.body = { partner: claims.partner, roles }
  })
  router.get('/shop/items', (ctx) => {
    enter('GET /shop/items')
    ctx.body = []
  })

  if (refusals === 'application') app.use(renderProblem)
  app.use(under('/lounge', api.authenticate({ optional: true })))
  app.use(mounted('/office', api.authenticate()))
  app.use(mounted('/office', office.routes()))
  app.use(under('/partners', api.authenticate()))
  app.use(under('/shop', cors({ origin: '*' })))
  app.use(under('/shop', api.guard()))
  app.use(router.routes())
  return app
}

function under(prefix: string, middleware: Koa.Middleware): Koa.Middleware {
  return (ctx, next) => (ctx.path.startsWith(`${prefix}/`) ? middleware(ctx, next) : next())
}

/** As koa-mount does it: what is mounted sees the path without the prefix. */
function mounted<State, Context>(prefix: string, middleware: Koa.Middleware<State, Context>): Koa.Middleware<State, Context> {
  return async (ctx, next) => {
    const { path } = ctx
    if (path.startsWith(`${prefix}/`)) {
      ctx.path = path.slice(prefix.length)
      await middleware(ctx, async () => {
        ctx.path = path
        await next()
      })
      ctx.path = path
    } else {
      await next()
    }
  }
}

/** What Koa calls an HTTP error, and `ctx.throw()` makes. */
interface HttpError {
  readonly status: number
  readonly message: string
  readonly headers: Record<string, string>
}

const renderProblem: Koa.Middleware = async (ctx, next) => {
  try {
    await next()
  } catch (error) {
    if (!(error instanceof Error) || !('headers' in error)) throw error
    const { status, message, headers } = error as Error & HttpError
    ctx.status = status
    ctx.set(headers)
    ctx.type = 'application/problem+json'
    ctx.body = JSON.stringify({ title: message, status })
  }
}

const spoof: Koa.Middleware = (ctx, next) => {
  Object.assign(ctx.req, { principal: spoofedPrincipal })
  Object.assign(ctx, { principal: spoofedPrincipal, user: spoofedPrincipal })
  ctx.state.principal = spoofedPrincipal
  return next()
}

const answer: Koa.Middleware = async (ctx, next) => {
  ctx.res.writeHead(202).write('answ')
  await next()
  ctx.res.end('ered')
}
