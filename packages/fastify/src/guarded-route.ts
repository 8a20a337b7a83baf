import type { Principal } from '@bailiwick/guard'
import type {
  FastifyRequest,
  FastifySchema,
  FastifyTypeProviderDefault,
  RawRequestDefaultExpression,
  RawServerDefault,
  RouteGenericInterface,
} from 'fastify'

/** For types alone: nothing is at this key. */
declare const guarded: unique symbol

/**
 * What a guard says of the routes behind it: a part of the type of their `config`, since that is the one thing that Fastify infers from
 * a hook and hands on to the handler. It is not there at run time, and no route has to set it. Any object is one, so that routes with a
 * `config` of their own take guards too.
 */
export type GuardedConfig<P> = object & { readonly [guarded]?: { readonly principal: P } }

/** What a hook behind which the principal is a `P` reads of a request. */
export interface GuardedRequestLike<P> {
  readonly raw: FastifyRequest['raw']
  readonly headers: FastifyRequest['headers']
  readonly originalUrl: string
  readonly params: unknown
  readonly routeOptions: { readonly config: GuardedConfig<P> }
}

/**
 * The part of a reply that a hook needs. Not a `FastifyReply`, which says what the route's `config` is too, and is believed before
 * the request is.
 */
export interface GuardedReplyLike {
  readonly sent: boolean
  readonly raw: { readonly headersSent: boolean }
  code(status: number): unknown
  headers(fields: Record<string, string>): unknown
  send(payload: unknown): unknown
}

/** A hook behind which the principal is a `P`, and known to be one in the handler of the same route: `onRequest`, or any up to `preHandler`. */
export type GuardHook<P> = (request: GuardedRequestLike<P>, reply: GuardedReplyLike, done: (error?: Error) => void) => void

/**
 * The principal as the guards of the route have narrowed it, or all that is known where there are none on the route itself, or only
 * those of another API.
 */
export type PrincipalOf<Claims, Config> =
  Config extends GuardedConfig<infer P extends Principal<Claims> | undefined> ? P : Principal<Claims> | undefined

/** Whom a guard, or `authenticate()`, lets pass: `PrincipalBehind<typeof guard>`. */
export type PrincipalBehind<Guard extends GuardHook<never>> = Guard extends GuardHook<infer P> ? P : never

/**
 * The second type argument of a route whose first one is written out: `app.get<{ Params: { nr: string } }, GuardedBy<typeof guard>>`.
 * The compiler refuses the guard of another API there, but does *not* see that a weaker one of the same API proves less.
 */
export type GuardedBy<Guard extends GuardHook<never>> = GuardedConfig<PrincipalBehind<Guard>>

/**
 * The request of a handler that is written elsewhere, in a file of its own. The compiler does *not* check that it is mounted
 * behind that guard; where nothing authenticates, `principal(request)` throws.
 *
 * @typeParam Route the parameters, query and body, as in `FastifyRequest`; nobody but a schema checks them. Default: unknown
 */
export type GuardedRequest<Guard extends GuardHook<never>, Route extends RouteGenericInterface = RouteGenericInterface> = FastifyRequest<
  Route,
  RawServerDefault,
  RawRequestDefaultExpression<RawServerDefault>,
  FastifySchema,
  FastifyTypeProviderDefault,
  GuardedBy<Guard>
>
