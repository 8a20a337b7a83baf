import type { Principal } from '@bailiwick/guard'

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
