import type { Principal } from '@bailiwick/guard'

/** What a guard adds to `ctx.state`. */
export interface GuardedState<P> {
  principal: P
}

/** The principal as the guards of the route have narrowed it, or all that is known where the state has no such type. */
export type PrincipalOf<Claims, State> =
  State extends GuardedState<infer P> ? Known<P, Principal<Claims> | undefined> : Principal<Claims> | undefined

/** Koa's own state extends `any`: it seems to have every member, of type `unknown`. */
type Known<P, Otherwise> = unknown extends P ? Otherwise : P
