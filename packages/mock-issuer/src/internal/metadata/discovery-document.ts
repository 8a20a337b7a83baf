import { signingAlgorithms } from '../../signing-algorithm.js'
import type { Endpoint } from '../http/endpoint.js'
import { endpointUrl } from '../issuer-name.js'

export interface DiscoveryDocumentInput {
  readonly supportedScopes: readonly string[]
  issuerName(): string
}

/**
 * The issuer's metadata (RFC 8414 §2, OpenID Connect Discovery 1.0 §3): the same document at both well-known places. What belongs to
 * one endpoint is declared there, in its `metadata`.
 */
export function discoveryDocument(input: DiscoveryDocumentInput, endpoints: readonly Endpoint[]): Record<string, unknown> {
  const issuer = input.issuerName()
  return Object.assign(
    {
      issuer,
      scopes_supported: input.supportedScopes,
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: signingAlgorithms,
    },
    ...endpoints.map(({ path, metadata }) => metadata?.(endpointUrl(issuer, path)) ?? {}),
  ) as Record<string, unknown>
}
