import type { RequestLike } from '@bailiwick/protocol'
import type { Decision } from './decision.js'
import type { GuardDescription } from './guard-description.js'
import type { Principal } from './principal.js'

/**
 * A rule, as a frozen value: it describes itself, and it decides. Guards are made by {@link scope}, {@link claim},
 * {@link check} and the like, or by a contract, and combined with {@link allOf}, {@link anyOf} and {@link not}.
 *
 * @typeParam Needs the claims that a principal must have for the guard to make sense of it
 * @typeParam Proves what is known of the claims of a principal that was allowed; `unknown` is nothing
 */
export interface Guard<in Needs = unknown, out Proves = unknown> {
  /** The rule as plain JSON data: the same rule always gives the same data. */
  readonly description: GuardDescription
  /** Decides. It gives a promise only if a check did, and it neither throws nor rejects. */
  readonly evaluate: (principal: Principal<Needs>, context: GuardContext) => Decision | Promise<Decision>
  /** Types only; there is no such member. */
  readonly '~proves'?: Proves
}

/** What a guard may look at beside the principal. */
export interface GuardContext {
  readonly request: RequestLike
  /** The path parameters of the matched route. Only own members that are strings are ever used. */
  readonly params: Readonly<Record<string, unknown>>
}

/** What a guard proves of the claims. */
export type ProvenBy<G> = G extends Guard<never, infer Proves> ? Proves : never

/** What all guards of a list prove together. A list of unknown length proves nothing. */
export type ProvenByAll<Guards extends readonly unknown[]> = Guards extends readonly [infer First, ...infer Rest]
  ? ProvenBy<First> & ProvenByAll<Rest>
  : unknown

/** What is certain when one guard of a list was satisfied, and nobody knows which. */
export type ProvenByAny<Guards extends readonly unknown[]> = ProvenBy<Guards[number]>

/** The claims that a principal must have for every guard of a list to make sense of it. */
export type NeededByAll<Guards extends readonly unknown[]> = Guards extends readonly [Guard<infer Needs, unknown>, ...infer Rest]
  ? Needs & NeededByAll<Rest>
  : Guards extends readonly []
    ? unknown
    : Guards[number] extends Guard<infer Needs, unknown>
      ? Needs
      : never

/** The claims behind a list of guards: what a handler sees. Conditional all the way, so that an editor shows the result. */
export type NarrowedClaims<Claims, Guards extends readonly unknown[]> = Narrowed<Claims, ProvenByAll<Guards>>

/** `Claims`, with what a guard proved of them. */
export type Narrowed<Claims, Proves> = unknown extends Proves ? Claims : Flat<Claims & Proves>

/** An intersection, written out member by member, so that an editor shows it as one object. */
type Flat<T> = { [Member in keyof T]: T[Member] } & {}
