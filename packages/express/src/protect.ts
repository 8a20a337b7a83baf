import { type Anonymous, createResourceServer, type Guard, type NarrowedClaims, type Principal, type Refused } from '@bailiwick/guard'
import { ConfigurationError, fromNodeRequest, isThenable, type NodeRequestLike, type RequestLike } from '@bailiwick/protocol'
import type { NextFunction, Request, RequestHandler, Response } from 'express'
import type { GuardedResponse, GuardHandler, PrincipalOf, RequestWithLocals } from './guard-handler.js'
import type { AuthenticateOptions, Protection, ProtectOptions } from './protection.js'
import { RefusalError } from './refusal-error.js'

/** What opens a route has a name: nothing else does, whatever it is. */
type Decision = Refused | 'admitted'

/** Not a promise where nothing has to be waited for: then the handler runs at once, as if the guard were not there. */
type Pending<T> = T | Promise<T>

/**
 * Protects the routes of an Express application, 4.18 or later, or 5.
 *
 * Does *not* verify tokens itself, which is the verifier's part, answer CORS pre-flight requests, or limit how often a client asks.
 *
 * @throws {ConfigurationError} naming the option and the fix
 * @example
 * const verifier = createJwtVerifier({ issuer: 'https://login.example.com', audience: orders.audience })
 * const api = protect({ verifier, contract: orders })
 *
 * app.get('/accounts/:nr/orders', api.guard(orders.scope('orders_read')), (req, res) => {
 *   res.json(ordersOf(api.principal(req).claims.account_nr))
 * })
 */
export function protect<Claims>(options: ProtectOptions<Claims>): Protection<Claims> {
  const { refusals = 'send', ...serverOptions } = options
  if (refusals !== 'send' && refusals !== 'next') throw new ConfigurationError("refusals must be 'send' or 'next'.")
  // The server refuses what it does not know, and knows nothing of this one.
  const slip = Object.keys(serverOptions).find((name) => /refus/i.test(name))
  if (slip !== undefined) throw new ConfigurationError(`there is no option "${slip}": did you mean refusals?`)
  const server = createResourceServer(serverOptions)
  // Neither on the request nor in `res.locals`, where others can write, nor shared with another `protect()`, which has another verifier.
  // Not a principal slot: Express gives each request another prototype, after which a private field costs twice what a `WeakMap` does.
  const principals = new WeakMap<NodeRequestLike, Principal<Claims> | undefined>()

  function authenticate(how?: { readonly optional?: false | undefined }): GuardHandler<Principal<Claims>>
  function authenticate(how: AuthenticateOptions): GuardHandler<Principal<Claims> | undefined>
  function authenticate({ optional = false }: AuthenticateOptions = {}): GuardHandler<Principal<Claims> | undefined> {
    return guardHandler((req, res) => {
      const isKnown = principals.get(req) !== undefined || (optional && principals.has(req))
      return whenKnown(isKnown ? 'admitted' : identify(fromNodeRequest(req), req, res, optional), (decision) => {
        if (decision === 'admitted') res.locals.principal = principals.get(req)
        return decision
      })
    })
  }

  function guard<const Guards extends readonly Guard<Claims>[]>(
    ...guards: Guards
  ): GuardHandler<Principal<NarrowedClaims<Claims, Guards>>> {
    const joined = server.guard<Guards>(...guards)
    return guardHandler((req, res) => {
      const request = fromNodeRequest(req)
      return whenKnown(principals.has(req) ? 'admitted' : identify(request, req, res, false), (decision) => {
        if (decision !== 'admitted') return decision
        return whenKnown(server.authorize(principals.get(req), joined, { request, params: paramsOf(req) }), (outcome) => {
          if (outcome.kind !== 'allowed') return requireRefused(outcome)
          res.locals.principal = outcome.principal
          return 'admitted'
        })
      })
    })
  }

  function identify(request: RequestLike, req: NodeRequestLike, res: Response<unknown>, optional: boolean): Pending<Decision> {
    return whenKnown(server.authenticate(request, { optional }), (outcome) => {
      if (outcome.kind === 'authenticated') {
        principals.set(req, outcome.principal)
        if (outcome.headers !== undefined && !res.headersSent) res.set(outcome.headers)
        return 'admitted'
      }
      if (outcome.kind !== 'anonymous' || !optional) return requireRefused(outcome)
      principals.set(req, undefined)
      return 'admitted'
    })
  }

  function guardHandler<P>(decide: (req: NodeRequestLike, res: GuardedResponse<P>) => Pending<Decision>): GuardHandler<P> {
    return (req, res, next) => {
      let decision: Pending<Decision>
      try {
        decision = decide(req, res)
      } catch (error) {
        return next(error)
      }
      if (!isThenable(decision)) return conclude(decision, res, next)
      // The fault of what comes after is not caught: it must not be gone on with a second time.
      return decision.then((known) => conclude(known, res, next), next)
    }
  }

  function conclude(decision: Decision, res: Response<unknown>, next: NextFunction): void {
    if (decision === 'admitted') return next()
    if (refusals === 'next') return next(new RefusalError(decision))
    try {
      send(decision, res)
    } catch (error) {
      next(error)
    }
  }

  function principal<Locals>(req: RequestWithLocals<Locals>): PrincipalOf<Claims, Locals>
  function principal(req: NodeRequestLike): unknown {
    if (principals.has(req)) return principals.get(req)
    throw new ConfigurationError('principal(req) needs authenticate() or guard() of the same protect() in front of the handler.')
  }

  function metadata(): RequestHandler {
    const document = server.metadata()
    if (document === undefined) throw new ConfigurationError('metadata() needs the option resource, the URL of this API.')
    return (_req, res) => void res.json(document)
  }

  return { authenticate, guard, principal, metadata }
}

function whenKnown<T>(value: Pending<T>, decide: (value: T) => Pending<Decision>): Pending<Decision> {
  return isThenable(value) ? (value as Promise<T>).then(decide) : decide(value)
}

/** What is neither good nor a refusal is a fault, and ends in an error: it must not open the route. */
function requireRefused(outcome: Refused | Anonymous): Refused {
  if (outcome.kind === 'refused') return outcome
  throw new TypeError('the resource server gave no outcome that this request can have')
}

function send(refused: Refused, res: Response<unknown>): void {
  // Somebody has begun to answer: all that is left to do is not to open the route.
  if (res.headersSent) return
  res.status(refused.status).set(refused.headers).json(refused.body)
}

/** The handler's type leaves `params` out, so that Express infers them from the path. */
function paramsOf(req: NodeRequestLike): Request['params'] {
  return (req as Partial<Pick<Request, 'params'>>).params ?? {}
}
