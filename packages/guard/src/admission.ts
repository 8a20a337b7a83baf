import type { RequestLike } from '@bailiwick/protocol'
import type { Guard, GuardContext, Narrowed } from './guard.js'
import type { Anonymous, AuthenticatedHeaders, AuthenticationOutcome, AuthorizationOutcome } from './outcome.js'
import type { PrincipalSlot } from './principal-slot.js'
import type { Principal } from './principal.js'
import type { Refused } from './refusal.js'
import type { ResourceServer } from './resource-server.js'

/**
 * Whether a request may pass. There is no third outcome: what is neither good nor a refusal is a fault, which is thrown, or rejected with.
 */
export type AdmissionOutcome<P> = Admitted<P> | Refused

/** It may. Open a route for this, and for nothing else. */
export interface Admitted<out P> {
  readonly kind: 'admitted'
  readonly principal: P
  /** To be set on whatever response follows. A refusal has them among its own. */
  readonly headers?: AuthenticatedHeaders | undefined
}

/**
 * A resource server that remembers who a request is of. Its outcomes are promises only where there is something to wait for: ask with
 * `'then' in outcome`, on the spot, since a function that all outcomes of a program pass through looks several times as long.
 */
export interface Admission<Claims> {
  /**
   * Finds out who is calling, unless that is known. It checks no right.
   *
   * @param owner the object that stands for the request, wherever in the application it goes
   * @param optional admits a request *without* a token too, as `undefined`. A bad token is refused all the same
   */
  authenticate(owner: object, request: RequestLike, optional: boolean): Pending<AdmissionOutcome<Principal<Claims> | undefined>>
  /**
   * Finds out who is calling, unless that is known, and asks the guard. A request that is known to be anonymous is refused with 401.
   *
   * @throws {ConfigurationError} a guard that does not fit the server's contract
   */
  authorize<Proves>(
    owner: object,
    guard: Guard<Claims, Proves>,
    context: GuardContext,
  ): Pending<AdmissionOutcome<Principal<Narrowed<Claims, Proves>>>>
}

type Pending<T> = T | Promise<T>

/**
 * What the adapter of every framework does with a request: authenticate it once, keep its principal, ask the guard of the route. How the
 * request is read and the outcome answered is the adapter's. It does *not* keep the headers of an outcome for later guards.
 *
 * @param principals where principals are kept, and `undefined` for an anonymous request; a `WeakMap` will do. For this server alone,
 *   since another has another verifier
 * @example
 * const server = createResourceServer({ verifier, contract: orders })
 * const admission = createAdmission(server, createPrincipalSlot())
 * const mayRead = server.guard(orders.scope('orders_read'))
 *
 * export async function handle(request: Request): Promise<Response> {
 *   const outcome = await admission.authorize(request, mayRead, { request, params: {} })
 *   if (outcome.kind !== 'admitted') return Response.json(outcome.body, { status: outcome.status, headers: { ...outcome.headers } })
 *   return Response.json(ordersOf(outcome.principal.claims.account_nr), { headers: { ...outcome.headers } })
 * }
 */
export function createAdmission<Claims>(
  server: ResourceServer<Claims>,
  principals: PrincipalSlot<Principal<Claims> | undefined>,
): Admission<Claims> {
  type Identified = AdmissionOutcome<Principal<Claims> | undefined>
  type Decided<Proves> = AdmissionOutcome<Principal<Narrowed<Claims, Proves>>>

  function authenticate(owner: object, request: RequestLike, optional: boolean): Pending<Identified> {
    const principal = principals.get(owner)
    if (principal !== undefined || (optional && principals.has(owner))) return admitted(principal)
    const outcome = server.authenticate(request, { optional })
    return 'then' in outcome ? outcome.then((later) => identify(owner, later, optional)) : identify(owner, outcome, optional)
  }

  function identify(owner: object, outcome: AuthenticationOutcome<Claims>, optional: boolean): Identified {
    if (outcome.kind === 'authenticated') {
      principals.set(owner, outcome.principal)
      return admitted(outcome.principal, outcome.headers)
    }
    if (outcome.kind !== 'anonymous' || !optional) return requireRefused(outcome)
    principals.set(owner, undefined)
    return admitted(undefined)
  }

  function authorize<Proves>(owner: object, guard: Guard<Claims, Proves>, context: GuardContext): Pending<Decided<Proves>> {
    if (principals.has(owner)) return decide(admitted(principals.get(owner)), guard, context)
    const outcome = server.authenticate(context.request, REQUIRED)
    if ('then' in outcome) return outcome.then((later) => decide(identify(owner, later, false), guard, context))
    return decide(identify(owner, outcome, false), guard, context)
  }

  function decide<Proves>(identified: Identified, guard: Guard<Claims, Proves>, context: GuardContext): Pending<Decided<Proves>> {
    if (identified.kind !== 'admitted') return identified
    const { principal, headers } = identified
    const outcome = server.authorize(principal, guard, context)
    return 'then' in outcome ? outcome.then((later) => conclude(later, headers)) : conclude(outcome, headers)
  }

  return { authenticate, authorize }
}

const REQUIRED = Object.freeze({ optional: false })

function conclude<Claims>(
  outcome: AuthorizationOutcome<Claims>,
  headers: AuthenticatedHeaders | undefined,
): AdmissionOutcome<Principal<Claims>> {
  if (outcome.kind === 'allowed') return admitted(outcome.principal, headers)
  const refused = requireRefused(outcome)
  return headers === undefined ? refused : { ...refused, headers: { ...headers, ...refused.headers } }
}

function admitted<P>(principal: P, headers?: AuthenticatedHeaders): Admitted<P> {
  return { kind: 'admitted', principal, headers }
}

/** What is neither good nor a refusal is a fault, and ends in an error: it must not open the route. */
function requireRefused(outcome: Refused | Anonymous): Refused {
  if (outcome.kind === 'refused') return outcome
  throw new TypeError('the resource server gave no outcome that this request can have')
}
