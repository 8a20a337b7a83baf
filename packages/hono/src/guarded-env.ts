import type { Principal } from '@bailiwick/guard'
import type { MiddlewareHandler } from 'hono'

/** What a guard adds to the environment of a route: `c.var.principal`. */
export interface GuardedEnv<P> {
  Variables: { principal: P }
}

/**
 * The principal as the guards of the route have narrowed it, or all that is known where there are none on the route itself, or only
 * those of another API.
 */
export type PrincipalOf<Claims, Variables> = Variables extends { readonly principal: infer P extends Principal<Claims> | undefined }
  ? P
  : Principal<Claims> | undefined

/**
 * Whom a guard, or `authenticate()`, lets pass: `PrincipalBehind<typeof guard>`. With it, a handler in a file of its own takes a
 * `Context<GuardedEnv<PrincipalBehind<typeof guard>>>`. The compiler does *not* check that it is mounted
 * behind that guard; where nothing authenticates, `principal(c)` throws.
 */
export type PrincipalBehind<Guard> = Guard extends MiddlewareHandler<GuardedEnv<infer P>> ? P : never
