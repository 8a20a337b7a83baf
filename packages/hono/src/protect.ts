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
import { ConfigurationError, type RequestLike } from '@bailiwick/protocol'
import type { Context, MiddlewareHandler, Next } from 'hono'
import type { GuardedEnv, PrincipalOf } from './guarded-env.js'
import { ConnectedRequest, nodePeer } from './internal/connected-request.js'
import type { AuthenticateOptions, Protection, ProtectOptions } from './protection.js'
import { RefusalError } from './refusal-error.js'

/**
 * Protects the routes of a Hono application, 4.6 or later, on whatever runtime it runs.
 *
 * Does *not* verify tokens itself, which is the verifier's part, answer CORS pre-flight requests, or limit how often a client asks.
 *
 * @throws {ConfigurationError} naming the option and the fix
 * @example
 * const verifier = createJwtVerifier({ issuer: 'https://login.example.com', audience: orders.audience })
 * const api = protect({ verifier, contract: orders })
 *
 * app.get('/accounts/:nr/orders', api.guard(orders.scope('orders_read')), (c) => {
 *   return c.json(ordersOf(c.var.principal.claims.account_nr))
 * })
 */
export function protect<Claims>(options: ProtectOptions<Claims>): Protection<Claims> {
  const { refusals = 'send', peer, ...serverOptions } = options
  if (refusals !== 'send' && refusals !== 'throw') throw new ConfigurationError("refusals must be 'send' or 'throw'.")
  if (peer !== undefined && typeof peer !== 'function') throw new ConfigurationError('peer must be a function.')
  // The server refuses what it does not know, and knows nothing of these.
  const slip = Object.keys(serverOptions).find((name) => /refus|peer/i.test(name))
  if (slip !== undefined) {
    throw new ConfigurationError(`there is no option "${slip}": did you mean ${/peer/i.test(slip) ? 'peer' : 'refusals'}?`)
  }
  const server = createResourceServer(serverOptions)
  const needsPeer = peer !== undefined || options.verifier.senderConstraint !== undefined
  const refuse = refusals === 'send' ? send : raise
  // Not in the variables, where others can write, nor shared with another `protect()`, which has another verifier. By context, since
  // a middleware may replace the request.
  const principals = createPrincipalSlot<Principal<Claims> | undefined>()
  const admission = createAdmission(server, principals)

  function authenticate(how?: { readonly optional?: false | undefined }): MiddlewareHandler<GuardedEnv<Principal<Claims>>>
  function authenticate(how: AuthenticateOptions): MiddlewareHandler<GuardedEnv<Principal<Claims> | undefined>>
  function authenticate({ optional = false }: AuthenticateOptions = {}): unknown {
    const handler: MiddlewareHandler<GuardedEnv<Principal<Claims> | undefined>> = async (c, next) => {
      const outcome = admission.authenticate(c, requestOf(c), optional)
      return conclude('then' in outcome ? await outcome : outcome, c, next)
    }
    return handler
  }

  function guard<const Guards extends readonly Guard<Claims>[]>(
    ...guards: Guards
  ): MiddlewareHandler<GuardedEnv<Principal<NarrowedClaims<Claims, Guards>>>> {
    const joined = server.guard<Guards>(...guards)
    return async (c, next) => {
      const outcome = admission.authorize(c, joined, { request: requestOf(c), params: c.req.param() })
      return conclude('then' in outcome ? await outcome : outcome, c, next)
    }
  }

  function conclude<P>(outcome: AdmissionOutcome<P>, c: Context<GuardedEnv<P>>, next: Next): Response | Promise<void> {
    if (outcome.kind !== 'admitted') return refuse(outcome, c)
    if (outcome.headers !== undefined) setHeaders(outcome.headers, c)
    c.set('principal', outcome.principal)
    return next()
  }

  /** As it is, where nobody asks for more. */
  function requestOf(c: Context): RequestLike {
    return needsPeer ? new ConnectedRequest(c, peer ?? nodePeer) : c.req.raw
  }

  function principal<Variables>(c: { readonly var: Variables }): PrincipalOf<Claims, Variables>
  function principal(c: object): unknown {
    if (principals.has(c)) return principals.get(c)
    throw new ConfigurationError('principal(c) needs authenticate() or guard() of the same protect() in front of the handler.')
  }

  function metadata(): MiddlewareHandler {
    const document = server.metadata()
    if (document === undefined) throw new ConfigurationError('metadata() needs the option resource, the URL of this API.')
    return async (c) => c.json(document)
  }

  return { authenticate, guard, principal, metadata }
}

/** On the response of the context: those set with `c.header()` are lost when a handler returns a `Response` of its own making. */
function setHeaders(headers: object, c: Context): void {
  for (const [name, value] of Object.entries(headers)) c.res.headers.set(name, value)
}

/** Through the context, which adds the headers that were set before. */
function send({ status, headers, body }: Refused, c: Context): Response {
  return c.body(JSON.stringify(body), status, { ...headers })
}

function raise(refused: Refused): never {
  throw new RefusalError(refused)
}
