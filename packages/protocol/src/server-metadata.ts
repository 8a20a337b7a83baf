import * as z from 'zod/mini'
import { isJsonObject } from './json.js'
import { parseSecureUrl } from './secure-url.js'

/** What an authorization server publishes about itself, under the names of the wire (RFC 8414 §2 and OpenID Connect Discovery §3). */
export interface ServerMetadata extends ServerMetadataMembers {
  readonly issuer: string
  /** Members that are not listed here are kept as they came, unchecked. */
  readonly [member: string]: unknown
}

/** The optional members whose types are checked. URLs are `https` (`http` on loopback if the issuer is) and have no fragment. */
export interface ServerMetadataMembers {
  readonly jwks_uri?: string
  readonly authorization_endpoint?: string
  readonly token_endpoint?: string
  readonly introspection_endpoint?: string
  readonly revocation_endpoint?: string
  readonly userinfo_endpoint?: string
  readonly registration_endpoint?: string
  /** RFC 9126. */
  readonly pushed_authorization_request_endpoint?: string
  /** RFC 8628. */
  readonly device_authorization_endpoint?: string
  /** OpenID Connect RP-Initiated Logout. */
  readonly end_session_endpoint?: string
  readonly scopes_supported?: readonly string[]
  readonly response_types_supported?: readonly string[]
  readonly response_modes_supported?: readonly string[]
  readonly grant_types_supported?: readonly string[]
  readonly acr_values_supported?: readonly string[]
  readonly code_challenge_methods_supported?: readonly string[]
  readonly id_token_signing_alg_values_supported?: readonly string[]
  readonly token_endpoint_auth_methods_supported?: readonly string[]
  readonly token_endpoint_auth_signing_alg_values_supported?: readonly string[]
  readonly introspection_endpoint_auth_methods_supported?: readonly string[]
  /** RFC 9701. */
  readonly introspection_signing_alg_values_supported?: readonly string[]
  readonly revocation_endpoint_auth_methods_supported?: readonly string[]
  /** RFC 9449 §5.1. */
  readonly dpop_signing_alg_values_supported?: readonly string[]
  /** RFC 9207. */
  readonly authorization_response_iss_parameter_supported?: boolean
  readonly require_pushed_authorization_requests?: boolean
  /** RFC 8705 §3.3. */
  readonly tls_client_certificate_bound_access_tokens?: boolean
  readonly backchannel_logout_supported?: boolean
}

/** The name of a member whose type is checked. */
export type ServerMetadataMember = keyof ServerMetadataMembers

/** Server metadata, and what was wrong with it. */
export interface ParsedServerMetadata {
  metadata: ServerMetadata
  /** The members that were left out, because their values are not what the specifications require. */
  broken: readonly string[]
}

let checks: ReadonlyMap<string, z.ZodMiniType> | undefined

/** Made for the first document, so that an app that bundles this package and reads no metadata (a page) has no zod in its bundle. */
function createChecks(): ReadonlyMap<string, z.ZodMiniType> {
  const url = z.string().check(z.refine(isEndpoint))
  const strings = z.array(z.string())
  const flag = z.boolean()

  const members = {
    jwks_uri: url,
    authorization_endpoint: url,
    token_endpoint: url,
    introspection_endpoint: url,
    revocation_endpoint: url,
    userinfo_endpoint: url,
    registration_endpoint: url,
    pushed_authorization_request_endpoint: url,
    device_authorization_endpoint: url,
    end_session_endpoint: url,
    scopes_supported: strings,
    response_types_supported: strings,
    response_modes_supported: strings,
    grant_types_supported: strings,
    acr_values_supported: strings,
    code_challenge_methods_supported: strings,
    id_token_signing_alg_values_supported: strings,
    token_endpoint_auth_methods_supported: strings,
    token_endpoint_auth_signing_alg_values_supported: strings,
    introspection_endpoint_auth_methods_supported: strings,
    introspection_signing_alg_values_supported: strings,
    revocation_endpoint_auth_methods_supported: strings,
    dpop_signing_alg_values_supported: strings,
    authorization_response_iss_parameter_supported: flag,
    require_pushed_authorization_requests: flag,
    tls_client_certificate_bound_access_tokens: flag,
    backchannel_logout_supported: flag,
  } satisfies { [Member in ServerMetadataMember]-?: z.ZodMiniType<ServerMetadataMembers[Member]> }

  return new Map<string, z.ZodMiniType>(Object.entries(members))
}

/**
 * Checks a parsed metadata document, member by member. An optional member that is broken does not invalidate the document: it is
 * left out, as if the server did not have that feature, and named in `broken`.
 *
 * Does *not* compare the issuer with the expected one, and requires only `issuer`: `discoverServer` does both.
 *
 * @returns `undefined` if the value is not an object with an `issuer`
 * @see {@link https://www.rfc-editor.org/rfc/rfc8414#section-2 RFC 8414 §2}
 */
export function parseServerMetadata(value: unknown): ParsedServerMetadata | undefined {
  if (!isJsonObject(value) || !Object.hasOwn(value, 'issuer') || typeof value.issuer !== 'string') return undefined
  const known = (checks ??= createChecks())
  const isPublic = value.issuer.startsWith('https:')
  const broken = Object.keys(value).filter((name) => {
    const member = value[name]
    // The metadata of an issuer on the network must not send requests to this machine's loopback.
    const isDowngrade = isPublic && typeof member === 'string' && member.startsWith('http:')
    return known.has(name) && (isDowngrade || known.get(name)?.safeParse(member).success === false)
  })
  const entries = Object.entries(value).filter(([name]) => !broken.includes(name))
  return { metadata: { ...Object.fromEntries(entries), issuer: value.issuer }, broken }
}

function isEndpoint(text: string): boolean {
  return !text.includes('#') && parseSecureUrl(text) !== undefined
}
