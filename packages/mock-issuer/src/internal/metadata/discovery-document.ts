import { signingAlgorithms } from '../../signing-algorithm.js'
import { endpointPaths } from '../http/endpoint.js'
import { endpointUrl } from '../issuer-name.js'

/** The issuer's metadata (RFC 8414 §2, OpenID Connect Discovery 1.0 §3): the same document at both well-known places. */
export function discoveryDocument(issuer: string, scopes: readonly string[]): Record<string, unknown> {
  const clientAuthentication = ['client_secret_basic', 'client_secret_post']
  return {
    issuer,
    authorization_endpoint: endpointUrl(issuer, endpointPaths.authorization),
    token_endpoint: endpointUrl(issuer, endpointPaths.token),
    jwks_uri: endpointUrl(issuer, endpointPaths.jwks),
    userinfo_endpoint: endpointUrl(issuer, endpointPaths.userinfo),
    introspection_endpoint: endpointUrl(issuer, endpointPaths.introspection),
    revocation_endpoint: endpointUrl(issuer, endpointPaths.revocation),
    scopes_supported: scopes,
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    grant_types_supported: ['authorization_code', 'refresh_token', 'client_credentials'],
    code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: ['none', ...clientAuthentication],
    introspection_endpoint_auth_methods_supported: clientAuthentication,
    revocation_endpoint_auth_methods_supported: ['none', ...clientAuthentication],
    authorization_response_iss_parameter_supported: true,
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: signingAlgorithms,
    prompt_values_supported: ['none', 'login', 'consent', 'select_account'],
    claims_parameter_supported: false,
    request_parameter_supported: false,
    // Left out, it would mean true (OpenID Connect Discovery 1.0 §3).
    request_uri_parameter_supported: false,
  }
}
