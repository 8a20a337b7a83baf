import type { Guard, NarrowedClaims, Principal, ProtectedResourceMetadata, ResourceServerOptions } from '@bailiwick/guard'
import type { GuardHook, PrincipalOf } from './guarded-route.js'

/** The options of `protect`: those of `createResourceServer` of `@bailiwick/guard`, and what becomes of refusals. */
export interface ProtectOptions<Claims> extends ResourceServerOptions<Claims> {
  /**
   * `send`: a refused request is answered at once, with status, headers and JSON body. `throw`: the error handler of the route
   * (`setErrorHandler`) is given a `RefusalError`. Default: `send`.
   */
  readonly refusals?: 'send' | 'throw' | undefined
}

/** How the requests of a route or plugin are authenticated. */
export interface AuthenticateOptions {
  /** Lets a request *without* a token pass as anonymous. A bad token is refused all the same. Default: `false`. */
  readonly optional?: boolean | undefined
}

/** The guards of one API on Fastify; see `protect`. */
export interface Protection<Claims> {
  /**
   * A hook that finds out who is calling, for `principal(request)`. It checks no right. Every method is authenticated, `OPTIONS`
   * too: register CORS before it.
   */
  authenticate(options?: { readonly optional?: false | undefined }): GuardHook<Principal<Claims>>
  authenticate(options: AuthenticateOptions): GuardHook<Principal<Claims> | undefined>
  /**
   * A hook that lets a request pass that satisfies every guard; without guards, every request that is not anonymous. It
   * authenticates by itself, unless this `protect()` has already done so for the request.
   *
   * Meant for `onRequest`: the body of a refused request is never read, and path parameters are what stands in the path. In a later
   * hook they are what a schema has made of them, such as a number, which equals no claim that is a string.
   *
   * @throws {ConfigurationError} a guard of another contract
   */
  guard<const Guards extends readonly Guard<Claims>[]>(...guards: Guards): GuardHook<Principal<NarrowedClaims<Claims, Guards>>>
  /**
   * The principal of a request. It is kept apart from the request: no other code can have set it. It is `undefined` only for an
   * anonymous request that `optional` let pass; where a guard does not stand on the route itself, the compiler must allow for that.
   *
   * @throws {ConfigurationError} this `protect()` has not authenticated the request
   */
  principal<Config>(request: RequestWithConfig<Config>): PrincipalOf<Claims, Config>
  /**
   * A handler that answers with the metadata document of the API. Mount it where clients look for it: for a `resource` of
   * `https://api.example.com` at `/.well-known/oauth-protected-resource`, for `https://api.example.com/orders` at
   * `/.well-known/oauth-protected-resource/orders`.
   *
   * @throws {ConfigurationError} without the option `resource` there is no such document
   * @see {@link https://www.rfc-editor.org/rfc/rfc9728#section-3 RFC 9728 §3}
   */
  metadata(): () => Promise<ProtectedResourceMetadata>
}

/** A request of Fastify, as far as it tells the type of its route's `config`. */
export interface RequestWithConfig<Config> {
  readonly raw: object
  readonly routeOptions: { readonly config: Config }
}
