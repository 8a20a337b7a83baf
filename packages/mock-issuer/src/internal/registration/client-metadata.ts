import type { JSONWebKeySet } from 'jose'
import type { ClientAuthenticationMethod } from '../../client-authentication-method.js'
import type { GrantType } from '../../grant-type.js'

/**
 * What a client registers, by the names of the registry that RFC 7591 §4.1 began: checked, and with its defaults. What is not here is
 * ignored, as RFC 7591 §2 asks for what a server does not understand.
 */
export interface ClientMetadata {
  readonly redirect_uris?: readonly string[]
  readonly grant_types: readonly GrantType[]
  readonly response_types: readonly 'code'[]
  readonly token_endpoint_auth_method: ClientAuthenticationMethod
  readonly scope?: string
  readonly jwks?: JSONWebKeySet
  readonly jwks_uri?: string
  readonly client_name?: string
  readonly client_uri?: string
  readonly logo_uri?: string
  readonly tos_uri?: string
  readonly policy_uri?: string
  readonly contacts?: readonly string[]
  readonly software_id?: string
  readonly software_version?: string
  readonly application_type?: 'web' | 'native'
  readonly require_pushed_authorization_requests?: boolean
  readonly dpop_bound_access_tokens?: boolean
  readonly tls_client_certificate_bound_access_tokens?: boolean
  readonly tls_client_auth_subject_dn?: string
  readonly tls_client_auth_san_dns?: string
  readonly tls_client_auth_san_uri?: string
  readonly tls_client_auth_san_ip?: string
  readonly tls_client_auth_san_email?: string
  readonly post_logout_redirect_uris?: readonly string[]
  readonly frontchannel_logout_uri?: string
  readonly backchannel_logout_uri?: string
  readonly backchannel_token_delivery_mode?: 'poll'
}

/** Whether a value can be that of a member; what members mean to each other is checked elsewhere. */
export const memberChecks: Readonly<Record<keyof ClientMetadata, (value: unknown) => boolean>> = {
  redirect_uris: isTextList,
  grant_types: isTextList,
  response_types: isTextList,
  token_endpoint_auth_method: isText,
  scope: isText,
  jwks: isPublicKeySet,
  jwks_uri: isText,
  client_name: isText,
  client_uri: isText,
  logo_uri: isText,
  tos_uri: isText,
  policy_uri: isText,
  contacts: isTextList,
  software_id: isText,
  software_version: isText,
  application_type: (value) => value === 'web' || value === 'native',
  require_pushed_authorization_requests: isFlag,
  dpop_bound_access_tokens: isFlag,
  tls_client_certificate_bound_access_tokens: isFlag,
  tls_client_auth_subject_dn: isText,
  tls_client_auth_san_dns: isText,
  tls_client_auth_san_uri: isText,
  tls_client_auth_san_ip: isText,
  tls_client_auth_san_email: isText,
  post_logout_redirect_uris: isTextList,
  frontchannel_logout_uri: isText,
  backchannel_logout_uri: isText,
  backchannel_token_delivery_mode: (value) => value === 'poll',
}

const maxCharacters = 4_096
const maxEntries = 50
const maxKeys = 20

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '' && value.length <= maxCharacters
}

function isTextList(value: unknown): boolean {
  return Array.isArray(value) && value.length <= maxEntries && value.every(isText)
}

function isFlag(value: unknown): boolean {
  return typeof value === 'boolean'
}

const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k']

function isPublicKeySet(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || !('keys' in value) || !Array.isArray(value.keys)) return false
  return value.keys.length > 0 && value.keys.length <= maxKeys && value.keys.every(isPublicKey)
}

function isPublicKey(key: unknown): boolean {
  if (typeof key !== 'object' || key === null || !('kty' in key)) return false
  return ['RSA', 'EC', 'OKP'].includes(String(key.kty)) && !privateMembers.some((member) => member in key)
}
