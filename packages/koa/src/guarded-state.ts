import type { Principal } from '@bailiwick/guard'

/** What a guard adds to `ctx.state`. */
export interface GuardedState<P> {
  principal: P
}

/**
 * The principal as the guards of the route have narrowed it, or all that is known where the state does not say, or says it of another
 * API. Koa's own state extends `any`, and seems to have every member: `unknown` is inferred from it.
 */
export type PrincipalOf<Claims, State> =
  State extends GuardedState<infer P extends Principal<Claims> | undefined> ? P : Principal<Claims> | undefined
