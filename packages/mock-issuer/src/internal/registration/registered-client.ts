import type { IssuerClient } from '../../client.js'
import type { TlsClientIdentity } from '../../tls-client-identity.js'
import { findAuthenticationProblem } from '../client-authentication/client-registration-check.js'
import { OAuthRefusal } from '../http/oauth-refusal.js'
import { parseScope } from '../scope.js'
import type { ClientMetadata } from './client-metadata.js'

/** What identifies a client besides its metadata. */
export interface ClientCredentials {
  readonly clientId: string
  readonly clientSecret: string | undefined
}

/** Whether a client that registers with these metadata is given a secret. */
export function needsSecret({ token_endpoint_auth_method: method }: ClientMetadata): boolean {
  return method.startsWith('client_secret_')
}

/**
 * The client that is registered with the metadata, as if the options of the issuer had it.
 * @throws {OAuthRefusal} `invalid_client_metadata` when it could not authenticate
 */
export function registeredClient({ clientId, clientSecret }: ClientCredentials, metadata: ClientMetadata): IssuerClient {
  const client: IssuerClient = {
    clientId,
    tokenEndpointAuthMethod: metadata.token_endpoint_auth_method,
    grantTypes: metadata.grant_types,
    redirectUris: metadata.redirect_uris ?? [],
    ...defined({
      clientSecret,
      name: metadata.client_name,
      scopes: metadata.scope === undefined ? undefined : parseScope(metadata.scope),
      jwks: metadata.jwks,
      jwksUri: metadata.jwks_uri,
      tlsClientIdentity: tlsClientIdentity(metadata),
      dpopBoundAccessTokens: metadata.dpop_bound_access_tokens,
      tlsClientCertificateBoundAccessTokens: metadata.tls_client_certificate_bound_access_tokens,
      requirePushedAuthorizationRequests: metadata.require_pushed_authorization_requests,
      postLogoutRedirectUris: metadata.post_logout_redirect_uris,
      frontchannelLogoutUri: metadata.frontchannel_logout_uri,
      backchannelLogoutUri: metadata.backchannel_logout_uri,
    }),
  }
  const problem = findAuthenticationProblem(client)
  if (problem === undefined) return client
  throw new OAuthRefusal('invalid_client_metadata', `The client cannot be registered so: it ${problem}.`)
}

type Defined<T> = { readonly [Name in keyof T]?: Exclude<T[Name], undefined> }

function defined<T extends object>(members: T): Defined<T> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Defined<T>
}

function tlsClientIdentity(metadata: ClientMetadata): TlsClientIdentity | undefined {
  const identities = [
    metadata.tls_client_auth_subject_dn && { subjectDn: metadata.tls_client_auth_subject_dn },
    metadata.tls_client_auth_san_dns && { sanDns: metadata.tls_client_auth_san_dns },
    metadata.tls_client_auth_san_uri && { sanUri: metadata.tls_client_auth_san_uri },
    metadata.tls_client_auth_san_ip && { sanIp: metadata.tls_client_auth_san_ip },
    metadata.tls_client_auth_san_email && { sanEmail: metadata.tls_client_auth_san_email },
  ].filter((identity) => typeof identity === 'object')
  // RFC 8705 §2.1.2: a client uses exactly one of them.
  if (identities.length <= 1) return identities[0]
  throw new OAuthRefusal('invalid_client_metadata', 'Register one of the tls_client_auth_* members, not several.')
}
