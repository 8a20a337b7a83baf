import { ConfigurationError, parseSecureUrl } from '@bailiwick/protocol'
import type { SenderConstraintSupport } from '@bailiwick/protocol'
import { deepFreeze } from './internal/deep-freeze.js'
import { parsePrefixScope } from './internal/prefix-scope.js'

/**
 * The metadata document of a protected resource, as it goes over the wire. Members that are not known are left out.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9728#section-2 RFC 9728 §2}
 */
export interface ProtectedResourceMetadata {
  readonly resource: string
  readonly authorization_servers?: readonly string[]
  /** The contract's scopes, without its prefix scopes: those cannot be asked for as they stand. */
  readonly scopes_supported?: readonly string[]
  readonly bearer_methods_supported: readonly ('header' | 'query')[]
  readonly resource_name?: string
  /** The algorithms of DPoP proofs that are accepted. */
  readonly dpop_signing_alg_values_supported?: readonly string[]
  /** Whether no token is accepted but those that are bound to a key (DPoP). */
  readonly dpop_bound_access_tokens_required?: true
  /** Whether tokens that are bound to a client certificate are accepted. */
  readonly tls_client_certificate_bound_access_tokens?: true
}

export interface ResourceMetadataInput {
  readonly resource: string
  readonly resourceName?: string | undefined
  readonly contract: { readonly scopes: Readonly<Record<string, unknown>> }
  readonly verifier: {
    readonly issuers?: readonly string[] | undefined
    readonly senderConstraint?: SenderConstraintSupport | undefined
  }
  readonly tokenFrom?: { readonly query?: boolean | undefined } | undefined
}

/**
 * Writes the metadata document.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9728#section-2 RFC 9728 §2}
 */
export function formatMetadata({
  resource,
  resourceName,
  contract,
  verifier,
  tokenFrom,
}: ResourceMetadataInput): ProtectedResourceMetadata {
  const scopes = Object.keys(contract.scopes).filter((name) => parsePrefixScope(name) === undefined)
  return deepFreeze({
    resource,
    ...(verifier.issuers === undefined || verifier.issuers.length === 0 ? {} : { authorization_servers: [...verifier.issuers] }),
    ...(scopes.length === 0 ? {} : { scopes_supported: scopes }),
    bearer_methods_supported: tokenFrom?.query === true ? ['header', 'query'] : ['header'],
    ...(resourceName === undefined ? {} : { resource_name: resourceName }),
    ...formatSenderConstraint(verifier.senderConstraint),
  })
}

/** That a token must be bound one way or the other cannot be said: DPoP is required only where it is the only way. */
function formatSenderConstraint(support: SenderConstraintSupport | undefined): Partial<ProtectedResourceMetadata> {
  if (support === undefined) return {}
  const { dpop, mtls, required } = support
  return {
    ...(dpop === undefined || dpop.algorithms.length === 0 ? {} : { dpop_signing_alg_values_supported: [...dpop.algorithms] }),
    ...(dpop === undefined || mtls || !required ? {} : { dpop_bound_access_tokens_required: true }),
    ...(mtls ? { tls_client_certificate_bound_access_tokens: true } : {}),
  }
}

/**
 * Where the metadata of a resource is found: the well-known path is put between its host and its own path.
 *
 * @throws {ConfigurationError} not an absolute https URL (http on loopback), or one with a fragment
 * @see {@link https://www.rfc-editor.org/rfc/rfc9728#section-3 RFC 9728 §3}
 */
export function resourceMetadataUrl(resource: string): string {
  const url = typeof resource === 'string' ? parseSecureUrl(resource) : undefined
  if (url === undefined || resource.includes('#')) {
    throw new ConfigurationError('resource must be an absolute https URL without a fragment, such as "https://api.example.com".')
  }
  const path = url.pathname === '/' ? '' : url.pathname
  return `${url.origin}/.well-known/oauth-protected-resource${path}${url.search}`
}
