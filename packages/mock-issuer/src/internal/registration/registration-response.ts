import { endpointPaths } from '../http/endpoint.js'
import { jsonResponse } from '../http/json-response.js'
import { endpointUrl } from '../issuer-name.js'
import type { ClientRegistration } from './client-registry.js'

/** Tells a client all that it is registered with (RFC 7591 §3.2.1, RFC 7592 §3). Secrets do not expire. */
export function registrationResponse({ client, metadata, ...rest }: ClientRegistration, issuer: string, status: 200 | 201): Response {
  const { clientId, clientSecret } = client
  const body = {
    client_id: clientId,
    ...(clientSecret === undefined ? {} : { client_secret: clientSecret, client_secret_expires_at: 0 }),
    client_id_issued_at: rest.issuedAtSeconds,
    registration_access_token: rest.accessToken,
    registration_client_uri: endpointUrl(issuer, endpointPaths['client-configuration'].replace(':id', encodeURIComponent(clientId))),
    ...metadata,
  }
  return jsonResponse(body, { status, headers: { pragma: 'no-cache' } })
}
