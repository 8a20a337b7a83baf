import {
  type Anonymous,
  createPrincipalSlot,
  createResourceServer,
  type Guard,
  type NarrowedClaims,
  type Principal,
  type ProtectedResourceMetadata,
  type Refused,
} from '@bailiwick/guard'
import { ConfigurationError, fromNodeRequest, isThenable, type RequestLike } from '@bailiwick/protocol'
import type { GuardedReplyLike, GuardedRequestLike, GuardHook, PrincipalOf } from './guarded-route.js'
import type { AuthenticateOptions, Protection, ProtectOptions, RequestWithConfig } from './protection.js'
import { RefusalError } from './refusal-error.js'

/** The part of a request that is read here. */
type Request = Omit<GuardedRequestLike<never>, 'routeOptions'>

/** What opens a route has a name: nothing else does, whatever it is. */
type Decision = Refused | 'admitted'

/** Not a promise where nothing has to be waited for: then the handler runs at once, as if the guard were not there. */
type Pending<T> = T | Promise<T>

/**
 * Protects the routes of a Fastify application, 4.29 or later, or 5. It is no plugin: its hooks stand on routes, or in the plugin that
 * adds them, and hold for what is encapsulated there.
 *
 * Does *not* verify tokens itself, which is the verifier's part, answer CORS pre-flight requests, or limit how often a client asks.
 *
 * @throws {ConfigurationError} naming the option and the fix
 * @example
 * const verifier = createJwtVerifier({ issuer: 'https://login.example.com', audience: orders.audience })
 * const api = protect({ verifier, contract: orders })
 *
 * app.get('/accounts/:nr/orders', { onRequest: api.guard(orders.scope('orders_read')) }, async (request) => {
 *   return ordersOf(api.principal(request).claims.account_nr)
 * })
 */
export function protect<Claims>(options: ProtectOptions<Claims>): Protection<Claims> {
  const { refusals = 'send', ...serverOptions } = options
  if (refusals !== 'send' && refusals !== 'throw') throw new ConfigurationError("refusals must be 'send' or 'throw'.")
  // The server refuses what it does not know, and knows nothing of this one.
  const slip = Object.keys(serverOptions).find((name) => /refus/i.test(name))
  if (slip !== undefined) throw new ConfigurationError(`there is no option "${slip}": did you mean refusals?`)
  const server = createResourceServer(serverOptions)
  // Not on the request, where others can write, nor shared with another `protect()`, which has another verifier.
  const principals = createPrincipalSlot<Principal<Claims> | undefined>()

  function authenticate(how?: { readonly optional?: false | undefined }): GuardHook<Principal<Claims>>
  function authenticate(how: AuthenticateOptions): GuardHook<Principal<Claims> | undefined>
  function authenticate({ optional = false }: AuthenticateOptions = {}): GuardHook<Principal<Claims> | undefined> {
    return guardHook((request, reply) => {
      const isKnown = principals.get(request.raw) !== undefined || (optional && principals.has(request.raw))
      return isKnown ? 'admitted' : identify(request, reply, optional)
    })
  }

  function guard<const Guards extends readonly Guard<Claims>[]>(...guards: Guards): GuardHook<Principal<NarrowedClaims<Claims, Guards>>> {
    const joined = server.guard<Guards>(...guards)
    return guardHook((request, reply) =>
      whenKnown(principals.has(request.raw) ? 'admitted' : identify(request, reply, false), (decision) => {
        if (decision !== 'admitted') return decision
        const context = { request: requestOf(request), params: paramsOf(request) }
        return whenKnown(server.authorize(principals.get(request.raw), joined, context), (outcome) =>
          outcome.kind === 'allowed' ? 'admitted' : requireRefused(outcome),
        )
      }),
    )
  }

  function identify(request: Request, reply: GuardedReplyLike, optional: boolean): Pending<Decision> {
    return whenKnown(server.authenticate(requestOf(request), { optional }), (outcome) => {
      if (outcome.kind === 'authenticated') {
        principals.set(request.raw, outcome.principal)
        if (outcome.headers !== undefined) reply.headers({ ...outcome.headers })
        return 'admitted'
      }
      if (outcome.kind !== 'anonymous' || !optional) return requireRefused(outcome)
      principals.set(request.raw, undefined)
      return 'admitted'
    })
  }

  // `done` stays uncalled where the request is answered: behind a hook that returns a promise, Fastify would open the route to a client
  // that hangs up while an `onSend` hook still holds the refusal.
  function guardHook<P>(decide: (request: Request, reply: GuardedReplyLike) => Pending<Decision>): GuardHook<P> {
    return (request, reply, done) => {
      let decision: Pending<Decision>
      try {
        decision = decide(request, reply)
      } catch (error) {
        return done(error as Error)
      }
      if (isThenable(decision)) decision.then((known) => conclude(known, reply, done), done)
      else conclude(decision, reply, done)
    }
  }

  function conclude(decision: Decision, reply: GuardedReplyLike, done: (error?: Error) => void): void {
    if (decision === 'admitted') return done()
    // Somebody has begun to answer: all that is left to do is not to open the route.
    if (reply.sent || reply.raw.headersSent) return
    if (refusals === 'throw') return done(new RefusalError(decision))
    try {
      send(decision, reply)
    } catch (error) {
      done(error as Error)
    }
  }

  function principal<Config>(request: RequestWithConfig<Config>): PrincipalOf<Claims, Config>
  function principal({ raw }: Pick<RequestWithConfig<unknown>, 'raw'>): unknown {
    if (principals.has(raw)) return principals.get(raw)
    throw new ConfigurationError('principal(request) needs authenticate() or guard() of the same protect() in front of the handler.')
  }

  function metadata(): () => Promise<ProtectedResourceMetadata> {
    const document = server.metadata()
    if (document === undefined) throw new ConfigurationError('metadata() needs the option resource, the URL of this API.')
    return async () => document
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

function send({ status, headers, body }: Refused, reply: GuardedReplyLike): void {
  reply.code(status)
  reply.headers({ ...headers })
  // As text: it is not for a response schema of the route to change.
  reply.send(JSON.stringify(body))
}

/** With the headers as Fastify has them, where a hook may have set one. */
function requestOf({ raw, headers, originalUrl }: Request): RequestLike {
  const { method, rawHeaders, socket } = raw
  return fromNodeRequest({ method, headers, rawHeaders, originalUrl, socket })
}

/** An object, whatever a route says of its type. */
function paramsOf({ params }: Request): Readonly<Record<string, unknown>> {
  return (params ?? {}) as Readonly<Record<string, unknown>>
}
