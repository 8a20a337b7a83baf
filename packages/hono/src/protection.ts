import type { Guard, NarrowedClaims, Principal, ResourceServerOptions } from '@bailiwick/guard'
import type { ConnectedPeer } from '@bailiwick/protocol'
import type { Context, MiddlewareHandler } from 'hono'
import type { GuardedEnv, PrincipalOf } from './guarded-env.js'

/** The options of `protect`: those of `createResourceServer` of `@bailiwick/guard`, what becomes of refusals, and who is connected. */
export interface ProtectOptions<Claims> extends ResourceServerOptions<Claims> {
  /**
   * `send`: a refused request is answered at once, with status, headers and JSON body. `throw`: a `RefusalError` is thrown,
   * for `app.onError()`; its `getResponse()` is that same answer. Default: `send`.
   */
  readonly refusals?: 'send' | 'throw' | undefined
  /**
   * Who is at the other end of the connection, for verifiers that check certificates or trust proxies. It is asked only when one
   * wants to know; what it throws makes the answer 503. Default: by the socket of `@hono/node-server`, and nobody on other platforms.
   */
  readonly peer?: ((c: Context) => ConnectedPeer | undefined) | undefined
}

/** How the requests of a route or router are authenticated. */
export interface AuthenticateOptions {
  /** Lets a request *without* a token pass as anonymous. A bad token is refused all the same. Default: `false`. */
  readonly optional?: boolean | undefined
}

/** The guards of one API on Hono; see `protect`. */
export interface Protection<Claims> {
  /**
   * Finds out who is calling, and puts the principal at `c.var.principal`: `undefined` for an anonymous request, which only
   * `optional` lets pass. It checks no right. Every method is authenticated, `OPTIONS` too: mount CORS before it.
   */
  authenticate(options?: { readonly optional?: false | undefined }): MiddlewareHandler<GuardedEnv<Principal<Claims>>>
  authenticate(options: AuthenticateOptions): MiddlewareHandler<GuardedEnv<Principal<Claims> | undefined>>
  /**
   * Lets a request pass that satisfies every guard; without guards, every request that is not anonymous. It authenticates by
   * itself, unless this `protect()` has already done so for the request. Path parameters are those of the route where it stands.
   *
   * @throws {ConfigurationError} a guard of another contract
   */
  guard<const Guards extends readonly Guard<Claims>[]>(
    ...guards: Guards
  ): MiddlewareHandler<GuardedEnv<Principal<NarrowedClaims<Claims, Guards>>>>
  /**
   * The principal of a request. Unlike `c.var.principal`, no other code can have set it. It is `undefined` only for an
   * anonymous request that `optional` let pass; where a guard does not stand on the route itself, the compiler must allow for that.
   *
   * @throws {ConfigurationError} this `protect()` has not authenticated the request
   */
  principal<Variables>(c: { readonly var: Variables }): PrincipalOf<Claims, Variables>
  /**
   * Answers with the metadata document of the API. Mount it where clients look for it: for a `resource` of
   * `https://api.example.com` at `/.well-known/oauth-protected-resource`, for `https://api.example.com/orders` at
   * `/.well-known/oauth-protected-resource/orders`.
   *
   * @throws {ConfigurationError} without the option `resource` there is no such document
   * @see {@link https://www.rfc-editor.org/rfc/rfc9728#section-3 RFC 9728 §3}
   */
  metadata(): MiddlewareHandler
}
