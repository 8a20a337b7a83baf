import type { Principal } from '@bailiwick/guard'
import type { NodeRequestLike } from '@bailiwick/protocol'
import type { NextFunction, Request, RequestHandler, Response } from 'express'

/**
 * A middleware behind which `res.locals.principal` is a `P`, and known to be one in the handlers of the same route.
 *
 * It says nothing of the request's types, so that Express goes on to infer the path parameters from the path. It does say what
 * `res.locals` holds, so it fits neither into an array of handlers nor behind explicit type arguments that leave `res.locals`
 * out; one that did would narrow nothing behind `app.route()`. The README says what to write instead.
 *
 * It gives a promise only where there was something to wait for: fulfilled once the request is answered or passed on, and rejected only
 * with what `next` itself throws.
 */
export type GuardHandler<P> = (req: NodeRequestLike, res: GuardedResponse<P>, next: NextFunction) => void | Promise<void>

/** A response behind a guard. */
export type GuardedResponse<P> = Response<unknown, { principal: P }>

/** A request of Express, as far as it tells the type of `res.locals`. */
export interface RequestWithLocals<Locals> extends NodeRequestLike {
  readonly res?: { readonly locals: Locals } | undefined
}

/**
 * The principal as the guards of the route have narrowed it, or all that is known where there are none on the route itself, or only
 * those of another API.
 */
export type PrincipalOf<Claims, Locals> = Locals extends { principal: infer P extends Principal<Claims> | undefined }
  ? P
  : Principal<Claims> | undefined

/** Whom a guard, or `authenticate()`, lets pass: `PrincipalBehind<typeof guard>`. */
export type PrincipalBehind<Guard extends GuardHandler<never>> = Guard extends GuardHandler<infer P> ? P : never

/**
 * A handler for the routes of a guard that is written elsewhere, in a file of its own: `HandlerBehind<typeof guard>`.
 * The compiler does *not* check that it is mounted behind that guard; where nothing authenticates, `principal(req)` throws.
 *
 * @typeParam Params the path parameters. Default: any, since they are not known without the path
 * @typeParam Body what the body is known to be; nobody checks that. Default: `any`, as in Express
 */
export type HandlerBehind<Guard extends GuardHandler<never>, Params = Request['params'], Body = Request['body']> = RequestHandler<
  Params,
  unknown,
  Body,
  Request['query'],
  { principal: PrincipalBehind<Guard> }
>
