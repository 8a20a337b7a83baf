import { createResourceServer, type Guard, type NarrowedClaims, type Principal, type Refused } from '@bailiwick/guard'
import { ConfigurationError, fromNodeRequest, type NodeRequestLike } from '@bailiwick/protocol'
import type { NextFunction, Request, RequestHandler, Response } from 'express'
import type { GuardedResponse, GuardHandler, PrincipalOf, RequestWithLocals } from './guard-handler.js'
import type { AuthenticateOptions, Protection, ProtectOptions } from './protection.js'
import { RefusalError } from './refusal-error.js'

/** Not a promise where nothing has to be waited for: then the handler runs at once, as if the guard were not there. */
type Decision = Refused | undefined | Promise<Refused | undefined>

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
  const principals = new WeakMap<object, Principal<Claims> | undefined>()

  function authenticate(how?: { readonly optional?: false | undefined }): GuardHandler<Principal<Claims>>
  function authenticate(how: AuthenticateOptions): GuardHandler<Principal<Claims> | undefined>
  function authenticate({ optional = false }: AuthenticateOptions = {}): GuardHandler<Principal<Claims> | undefined> {
    return guardHandler((req, res) => {
      const isKnown = principals.get(req) !== undefined || (optional && principals.has(req))
      return whenKnown(isKnown ? undefined : identify(req, res, optional), (refused) => {
        if (refused === undefined) res.locals.principal = principals.get(req)
        return refused
      })
    })
  }

  function guard<const Guards extends readonly Guard<Claims>[]>(
    ...guards: Guards
  ): GuardHandler<Principal<NarrowedClaims<Claims, Guards>>> {
    const joined = server.guard<Guards>(...guards)
    return guardHandler((req, res) =>
      whenKnown(principals.has(req) ? undefined : identify(req, res, false), (refused) => {
        if (refused !== undefined) return refused
        const context = { request: fromNodeRequest(req), params: paramsOf(req) }
        return whenKnown(server.authorize(principals.get(req), joined, context), (outcome) => {
          if (outcome.kind === 'refused') return outcome
          res.locals.principal = outcome.principal
          return undefined
        })
      }),
    )
  }

  function identify(req: NodeRequestLike, res: Response<unknown>, optional: boolean): Decision {
    return whenKnown(server.authenticate(fromNodeRequest(req), { optional }), (outcome) => {
      if (outcome.kind === 'refused') return outcome
      principals.set(req, outcome.kind === 'authenticated' ? outcome.principal : undefined)
      if (outcome.kind === 'authenticated' && outcome.headers !== undefined && !res.headersSent) res.set(outcome.headers)
      return undefined
    })
  }

  function guardHandler<P>(decide: (req: NodeRequestLike, res: GuardedResponse<P>) => Decision): GuardHandler<P> {
    return (req, res, next) => {
      let decision: Decision
      try {
        decision = decide(req, res)
      } catch (error) {
        return next(error)
      }
      if (!(decision instanceof Promise)) return conclude(decision, res, next)
      // The fault of what comes after is not caught: it must not be gone on with a second time.
      return decision.then((refused) => conclude(refused, res, next), next)
    }
  }

  function conclude(refused: Refused | undefined, res: Response<unknown>, next: NextFunction): void {
    if (refused === undefined) return next()
    if (refusals === 'next') return next(new RefusalError(refused))
    try {
      send(refused, res)
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

function whenKnown<T>(value: T | Promise<T>, decide: (value: T) => Decision): Decision {
  return value instanceof Promise ? value.then(decide) : decide(value)
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
