import {
  type AdmissionOutcome,
  createAdmission,
  createPrincipalSlot,
  createResourceServer,
  type Guard,
  type NarrowedClaims,
  type Principal,
  type ProtectedResourceMetadata,
  type Refused,
} from '@bailiwick/guard'
import { ConfigurationError, fromNodeRequest, type RequestLike } from '@bailiwick/protocol'
import type { GuardedReplyLike, GuardedRequestLike, GuardHook, PrincipalOf } from './guarded-route.js'
import type { AuthenticateOptions, Protection, ProtectOptions, RequestWithConfig } from './protection.js'
import { RefusalError } from './refusal-error.js'

/** The part of a request that is read here. */
type Request = Omit<GuardedRequestLike<never>, 'routeOptions'>

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
  const admission = createAdmission(server, principals)

  function authenticate(how?: { readonly optional?: false | undefined }): GuardHook<Principal<Claims>>
  function authenticate(how: AuthenticateOptions): GuardHook<Principal<Claims> | undefined>
  function authenticate({ optional = false }: AuthenticateOptions = {}): GuardHook<Principal<Claims> | undefined> {
    return guardHook((request) => admission.authenticate(request.raw, requestOf(request), optional))
  }

  function guard<const Guards extends readonly Guard<Claims>[]>(...guards: Guards): GuardHook<Principal<NarrowedClaims<Claims, Guards>>> {
    const joined = server.guard<Guards>(...guards)
    return guardHook((request) => admission.authorize(request.raw, joined, { request: requestOf(request), params: paramsOf(request) }))
  }

  // `done` stays uncalled where the request is answered: behind a hook that returns a promise, Fastify would open the route to a client
  // that hangs up while an `onSend` hook still holds the refusal.
  function guardHook<P>(admit: (request: Request) => AdmissionOutcome<P> | Promise<AdmissionOutcome<P>>): GuardHook<P> {
    return (request, reply, done) => {
      let outcome: ReturnType<typeof admit>
      try {
        outcome = admit(request)
      } catch (error) {
        return done(error as Error)
      }
      if ('then' in outcome) outcome.then((known) => conclude(known, reply, done), done)
      else conclude(outcome, reply, done)
    }
  }

  function conclude(outcome: AdmissionOutcome<unknown>, reply: GuardedReplyLike, done: (error?: Error) => void): void {
    if (outcome.kind === 'admitted') {
      if (outcome.headers !== undefined) reply.headers({ ...outcome.headers })
      return done()
    }
    // Somebody has begun to answer: all that is left to do is not to open the route.
    if (reply.sent || reply.raw.headersSent) return
    if (refusals === 'throw') return done(new RefusalError(outcome))
    try {
      send(outcome, reply)
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
