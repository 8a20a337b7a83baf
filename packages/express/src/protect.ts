import {
  type AdmissionOutcome,
  createAdmission,
  createResourceServer,
  type Guard,
  type NarrowedClaims,
  type Principal,
  type Refused,
} from '@bailiwick/guard'
import { ConfigurationError, fromNodeRequest, type NodeRequestLike } from '@bailiwick/protocol'
import type { NextFunction, Request, RequestHandler, Response } from 'express'
import type { GuardedResponse, GuardHandler, PrincipalOf, RequestWithLocals } from './guard-handler.js'
import type { AuthenticateOptions, Protection, ProtectOptions } from './protection.js'
import { RefusalError } from './refusal-error.js'

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
  const admission = createAdmission(server, principals)

  function authenticate(how?: { readonly optional?: false | undefined }): GuardHandler<Principal<Claims>>
  function authenticate(how: AuthenticateOptions): GuardHandler<Principal<Claims> | undefined>
  function authenticate({ optional = false }: AuthenticateOptions = {}): GuardHandler<Principal<Claims> | undefined> {
    return guardHandler((req) => admission.authenticate(req, fromNodeRequest(req), optional))
  }

  function guard<const Guards extends readonly Guard<Claims>[]>(
    ...guards: Guards
  ): GuardHandler<Principal<NarrowedClaims<Claims, Guards>>> {
    const joined = server.guard<Guards>(...guards)
    return guardHandler((req) => admission.authorize(req, joined, { request: fromNodeRequest(req), params: paramsOf(req) }))
  }

  function guardHandler<P>(admit: (req: NodeRequestLike) => AdmissionOutcome<P> | Promise<AdmissionOutcome<P>>): GuardHandler<P> {
    return (req, res, next) => {
      let outcome: ReturnType<typeof admit>
      try {
        outcome = admit(req)
      } catch (error) {
        return next(error)
      }
      // The fault of what comes after is not caught: it must not be gone on with a second time.
      if ('then' in outcome) return outcome.then((known) => conclude(known, res, next), next)
      conclude(outcome, res, next)
    }
  }

  function conclude<P>(outcome: AdmissionOutcome<P>, res: GuardedResponse<P>, next: NextFunction): void {
    if (outcome.kind !== 'admitted' && refusals === 'next') return next(new RefusalError(outcome))
    try {
      if (outcome.kind !== 'admitted') return send(outcome, res)
      if (outcome.headers !== undefined && !res.headersSent) res.set(outcome.headers)
      res.locals.principal = outcome.principal
    } catch (error) {
      return next(error)
    }
    next()
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

function send(refused: Refused, res: Response<unknown>): void {
  // Somebody has begun to answer: all that is left to do is not to open the route.
  if (res.headersSent) return
  res.status(refused.status).set(refused.headers).json(refused.body)
}

/** The handler's type leaves `params` out, so that Express infers them from the path. */
function paramsOf(req: NodeRequestLike): Request['params'] {
  return (req as Partial<Pick<Request, 'params'>>).params ?? {}
}
