import type { Principal } from '@bailiwick/guard'
import type { Middleware } from 'koa'

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

/**
 * Whom a guard, or `authenticate()`, lets pass: `PrincipalBehind<typeof guard>`. With it, a handler in a file of its own is a
 * `Middleware<GuardedState<PrincipalBehind<typeof guard>>>`. The compiler does *not* check that it is mounted behind
 * that guard; where nothing authenticates, `principal(ctx)` throws.
 */
export type PrincipalBehind<Guard extends Middleware<GuardedState<never>>> = Guard extends Middleware<GuardedState<infer P>> ? P : never
