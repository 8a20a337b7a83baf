import type { RequestLike } from '@bailiwick/protocol'
import type { Guard, GuardContext, Narrowed, ProvenByAll } from './guard.js'
import { createAuthenticator } from './internal/authenticator.js'
import { createAuthorizer } from './internal/authorizer.js'
import { createGuardPreparer } from './internal/guard-preparation.js'
import { parseServerOptions } from './internal/server-options.js'
import type { AuthenticationOutcome, AuthorizationOutcome } from './outcome.js'
import type { Principal } from './principal.js'
import { formatMetadata } from './resource-metadata.js'
import type { ProtectedResourceMetadata } from './resource-metadata.js'
import type { AuthenticateOptions, ResourceServerOptions } from './resource-server-options.js'

/**
 * An API as OAuth sees it: finds out who is calling, decides what they may do, and says how to answer when they may not. It
 * knows no framework; the adapters translate.
 *
 * @typeParam Claims the claims of a principal, as the contract gives them
 */
export interface ResourceServer<Claims> {
  /**
   * Finds the token of a request, has it verified, and reads it as the contract. Every method is authenticated alike: mount
   * CORS before it, so that pre-flight requests, which carry no token, do not get here. It gives a promise only where there is
   * something to wait for, which is not so for a token that the verifier has at hand, and never rejects.
   */
  authenticate(request: RequestLike, options?: AuthenticateOptions): AuthenticationOutcome<Claims> | Promise<AuthenticationOutcome<Claims>>
  /**
   * Joins guards to one, in order, and checks that they fit this server's contract. Call it once per route. Without guards, any
   * principal is allowed.
   *
   * @throws {ConfigurationError} a guard of another contract, or one that names a scope or permission that the contract does
   *   not have
   */
  guard<const Guards extends readonly Guard<Claims>[]>(...guards: Guards): Guard<Claims, ProvenByAll<Guards>>
  /**
   * Asks a guard about a principal. It gives a promise only if a check of the guard did, and never rejects.
   *
   * @param principal `undefined` for an anonymous request, which is refused with 401
   * @throws {ConfigurationError} a guard that does not fit this server's contract (see `guard`)
   */
  authorize<Proves>(
    principal: Principal<Claims> | undefined,
    guard: Guard<Claims, Proves>,
    context: GuardContext,
  ): AuthorizationOutcome<Narrowed<Claims, Proves>> | Promise<AuthorizationOutcome<Narrowed<Claims, Proves>>>
  /** The metadata document, to be served as JSON at `metadataUrl`; `undefined` without `resource`. */
  metadata(): ProtectedResourceMetadata | undefined
  /** Where clients look for the metadata document; `undefined` without `resource`. */
  readonly metadataUrl: string | undefined
}

/**
 * Creates a resource server. Options that do not exist are refused, so that a slip such as `onEvents` does not go unnoticed.
 *
 * It does not check the audience or anything else of the token: the verifier does. It does not rate-limit.
 *
 * @throws {ConfigurationError} naming the option and the fix
 * @see {@link https://www.rfc-editor.org/rfc/rfc6750#section-3 RFC 6750 §3} (challenges)
 * @see {@link https://www.rfc-editor.org/rfc/rfc9728#section-5.1 RFC 9728 §5.1} (metadata in challenges)
 */
export function createResourceServer<Claims>(options: ResourceServerOptions<Claims>): ResourceServer<Claims> {
  const settings = parseServerOptions(options)
  const preparer = createGuardPreparer(options.contract)
  const metadata = settings.resource === undefined ? undefined : formatMetadata({ ...options, resource: settings.resource })

  return Object.freeze({
    authenticate: createAuthenticator(settings),
    guard: preparer.join,
    authorize: createAuthorizer(settings, preparer.require),
    metadata: () => metadata,
    metadataUrl: settings.metadataUrl,
  })
}
