import {
  type AdmissionOutcome,
  createAdmission,
  createPrincipalSlot,
  createResourceServer,
  type Guard,
  type NarrowedClaims,
  type Principal,
  type Refused,
} from '@bailiwick/guard'
import { ConfigurationError, fromNodeRequest, type RequestLike } from '@bailiwick/protocol'
import type { Context, Middleware, Next, ParameterizedContext } from 'koa'
import type { GuardedState, PrincipalOf } from './guarded-state.js'
import type { AuthenticateOptions, Protection, ProtectOptions } from './protection.js'

/**
 * Protects the routes of a Koa application, 2.15 or later, or 3.
 *
 * Does *not* verify tokens itself, which is the verifier's part, answer CORS pre-flight requests, or limit how often a client asks.
 *
 * @throws {ConfigurationError} naming the option and the fix
 * @example
 * const verifier = createJwtVerifier({ issuer: 'https://login.example.com', audience: orders.audience })
 * const api = protect({ verifier, contract: orders })
 *
 * router.get('/accounts/:nr/orders', api.guard(orders.scope('orders_read')), (ctx) => {
 *   ctx.body = ordersOf(ctx.state.principal.claims.account_nr)
 * })
 */
export function protect<Claims>(options: ProtectOptions<Claims>): Protection<Claims> {
  const { refusals = 'send', ...serverOptions } = options
  if (refusals !== 'send' && refusals !== 'throw') throw new ConfigurationError("refusals must be 'send' or 'throw'.")
  // The server refuses what it does not know, and knows nothing of this one.
  const slip = Object.keys(serverOptions).find((name) => /refus/i.test(name))
  if (slip !== undefined) throw new ConfigurationError(`there is no option "${slip}": did you mean refusals?`)
  const server = createResourceServer(serverOptions)
  const refuse = refusals === 'send' ? send : raise
  // Not in `ctx.state`, where others can write, nor shared with another `protect()`, which has another verifier.
  const principals = createPrincipalSlot<Principal<Claims> | undefined>()
  const admission = createAdmission(server, principals)

  function authenticate(how?: { readonly optional?: false | undefined }): Middleware<GuardedState<Principal<Claims>>>
  function authenticate(how: AuthenticateOptions): Middleware<GuardedState<Principal<Claims> | undefined>>
  function authenticate({ optional = false }: AuthenticateOptions = {}): Middleware<GuardedState<Principal<Claims> | undefined>> {
    return async (ctx, next) => {
      const outcome = admission.authenticate(ctx.req, requestOf(ctx), optional)
      return conclude('then' in outcome ? await outcome : outcome, ctx, next)
    }
  }

  function guard<const Guards extends readonly Guard<Claims>[]>(
    ...guards: Guards
  ): Middleware<GuardedState<Principal<NarrowedClaims<Claims, Guards>>>> {
    const joined = server.guard<Guards>(...guards)
    return async (ctx, next) => {
      const outcome = admission.authorize(ctx.req, joined, { request: requestOf(ctx), params: paramsOf(ctx) })
      return conclude('then' in outcome ? await outcome : outcome, ctx, next)
    }
  }

  function conclude<P>(outcome: AdmissionOutcome<P>, ctx: ParameterizedContext<GuardedState<P>>, next: Next): Promise<unknown> | void {
    if (outcome.kind !== 'admitted') return refuse(outcome, ctx)
    if (outcome.headers !== undefined) ctx.set({ ...outcome.headers })
    ctx.state.principal = outcome.principal
    return next()
  }

  function principal<State>(ctx: Pick<Context, 'req'> & { readonly state: State }): PrincipalOf<Claims, State>
  function principal({ req }: Pick<Context, 'req'>): unknown {
    if (principals.has(req)) return principals.get(req)
    throw new ConfigurationError('principal(ctx) needs authenticate() or guard() of the same protect() in front of the handler.')
  }

  function metadata(): Middleware {
    const document = server.metadata()
    if (document === undefined) throw new ConfigurationError('metadata() needs the option resource, the URL of this API.')
    return (ctx) => {
      ctx.body = document
    }
  }

  return { authenticate, guard, principal, metadata }
}

type Answer = Pick<Context, 'status' | 'set' | 'body' | 'throw' | 'response'>

function send(refused: Refused, ctx: Answer): void {
  ctx.status = refused.status
  ctx.set({ ...refused.headers })
  ctx.body = refused.body
}

/** Of an error that nobody catches, Koa writes the headers, those alone, and a body of its own. */
function raise({ status, headers, body, code }: Refused, ctx: Answer): never {
  // Koa 2 gives an empty string for a header that is not there, Koa 3 nothing at all.
  const nonce = ctx.response.get('DPoP-Nonce')
  const kept = nonce ? { 'DPoP-Nonce': nonce } : {}
  ctx.throw(status, body.error_description, { headers: { ...kept, ...headers }, body, code })
}

/** With the URL as it was requested: whoever mounts an application changes that of the request. */
function requestOf({ req, originalUrl }: Pick<Context, 'req' | 'originalUrl'>): RequestLike {
  const { method, headers, rawHeaders, socket } = req
  return fromNodeRequest({ method, headers, rawHeaders, originalUrl, socket })
}

/** Of @koa/router, which is not the only one. */
function paramsOf(ctx: object): Readonly<Record<string, unknown>> {
  return (ctx as { params?: Readonly<Record<string, unknown>> }).params ?? {}
}
