import type { Principal } from '@bailiwick/guard'
import type { NodeRequestLike } from '@bailiwick/protocol'
import type { NextFunction, Response } from 'express'

/**
 * A middleware behind which `res.locals.principal` is a `P`, and known to be one in the handlers of the same route.
 *
 * It says nothing of the request's types, so that Express goes on to infer the path parameters from the path.
 */
export type GuardHandler<P> = (req: NodeRequestLike, res: GuardedResponse<P>, next: NextFunction) => void

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
