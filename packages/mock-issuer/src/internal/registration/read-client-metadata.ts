import type { IssuerContract } from '../../contract.js'
import { grantTypes } from '../../grant-type.js'
import { OAuthRefusal } from '../http/oauth-refusal.js'
import { readRequestedScopes } from '../requested-scopes.js'
import { memberChecks } from './client-metadata.js'
import type { ClientMetadata } from './client-metadata.js'
import { isRegistrableRedirectUri, isSecureWebUrl } from './redirect-uri-check.js'

export interface ClientMetadataInput {
  readonly contract: IssuerContract | undefined
  /** The issuer's own metadata: what it says that it supports, can be registered. */
  serverMetadata(): Readonly<Record<string, unknown>>
}

/**
 * Reads the metadata that a client asks to be registered with, and adds the defaults of RFC 7591 §2. A member that is `null` counts as
 * left out (RFC 7592 §2.2). Software statements are refused, since there is nobody whose statements would be trusted.
 *
 * @throws {OAuthRefusal} `invalid_redirect_uri`, `invalid_client_metadata`, `invalid_software_statement`, `unapproved_software_statement`
 * @see {@link https://www.rfc-editor.org/rfc/rfc7591#section-2 RFC 7591 §2}
 */
export function readClientMetadata(body: Readonly<Record<string, unknown>>, input: ClientMetadataInput): ClientMetadata {
  checkSoftwareStatement(body['software_statement'])
  const given = readMembers(body)
  const grants = given.grant_types ?? ['authorization_code']
  const metadata: ClientMetadata = {
    ...given,
    grant_types: grants,
    response_types: given.response_types ?? (grants.includes('authorization_code') ? ['code'] : []),
    token_endpoint_auth_method: given.token_endpoint_auth_method ?? 'client_secret_basic',
  }
  checkRedirectUris(metadata)
  checkUrls(metadata)
  checkGrants(metadata, input)
  checkAuthentication(metadata, input)
  checkScope(metadata, input)
  return metadata
}

function refuse(description: string): never {
  throw new OAuthRefusal('invalid_client_metadata', description)
}

function checkSoftwareStatement(statement: unknown): void {
  if (statement === undefined || statement === null) return
  if (typeof statement !== 'string' || !/^[\w-]+\.[\w-]+\.[\w-]+$/.test(statement)) {
    throw new OAuthRefusal('invalid_software_statement', 'The software_statement is not a signed JWT.')
  }
  throw new OAuthRefusal('unapproved_software_statement', 'No software statements are trusted here.')
}

function readMembers(body: Readonly<Record<string, unknown>>): Partial<ClientMetadata> {
  const known = Object.entries(memberChecks).filter(([name]) => Object.hasOwn(body, name) && body[name] !== null)
  for (const [name, isRight] of known) {
    if (isRight(body[name])) continue
    if (name === 'redirect_uris') throw new OAuthRefusal('invalid_redirect_uri', 'The redirect_uris are not a list of URIs.')
    refuse(`The ${name} is of the wrong type, empty, too long, or not one of the values that there are.`)
  }
  return Object.fromEntries(known.map(([name]) => [name, body[name]])) as Partial<ClientMetadata>
}

function checkRedirectUris({ redirect_uris: uris = [], grant_types: grants }: ClientMetadata): void {
  const refused = uris.find((uri) => !isRegistrableRedirectUri(uri))
  if (refused !== undefined) {
    const rule = 'must be https, http on this machine, or of a scheme with a dot in it; absolute, and without a fragment'
    throw new OAuthRefusal('invalid_redirect_uri', `The redirect URI ${refused} ${rule}.`)
  }
  if (uris.length === 0 && grants.includes('authorization_code')) {
    throw new OAuthRefusal('invalid_redirect_uri', 'A client of the code flow needs redirect_uris.')
  }
}

const urlMembers = [
  'client_uri',
  'logo_uri',
  'tos_uri',
  'policy_uri',
  'jwks_uri',
  'frontchannel_logout_uri',
  'backchannel_logout_uri',
] as const

function checkUrls(metadata: ClientMetadata): void {
  const wrong = urlMembers.find((name) => !isSecureWebUrl(metadata[name] ?? 'https://example.com'))
  if (wrong !== undefined) refuse(`The ${wrong} is not a URL of https, or of http on this machine.`)
  const { post_logout_redirect_uris: uris = [] } = metadata
  if (!uris.every(isRegistrableRedirectUri)) refuse('The post_logout_redirect_uris do not keep to the rules for redirect URIs.')
}

function checkGrants(metadata: ClientMetadata, { serverMetadata }: ClientMetadataInput): void {
  const { grant_types: grants, response_types: responses, token_endpoint_auth_method: method } = metadata
  const supported = serverMetadata()['grant_types_supported']
  const unknown = grants.find((grant) => !grantTypes.includes(grant) || !includes(supported, grant))
  if (unknown !== undefined) refuse(`There is no grant type ${unknown}.`)
  if (responses.some((response) => response !== 'code')) refuse('The only response type is code.')
  // RFC 7591 §2.1: one goes with the other.
  if (grants.includes('authorization_code') !== responses.includes('code')) {
    refuse('The response type code and the grant type authorization_code go together; register both or neither.')
  }
  if (method === 'none' && grants.includes('client_credentials')) refuse('A public client cannot get tokens for itself.')
}

function checkAuthentication(metadata: ClientMetadata, { serverMetadata }: ClientMetadataInput): void {
  const { jwks, jwks_uri: uri, token_endpoint_auth_method: method } = metadata
  if (!includes(serverMetadata()['token_endpoint_auth_methods_supported'], method)) {
    refuse(`There is no token_endpoint_auth_method ${method}.`)
  }
  if (jwks !== undefined && uri !== undefined) refuse('Register jwks or jwks_uri, not both.')
}

function checkScope({ scope }: ClientMetadata, { contract }: ClientMetadataInput): void {
  const { problem } = { problem: undefined, ...readRequestedScopes(scope, { clientId: '' }, contract) }
  if (problem !== undefined) refuse(problem)
}

function includes(list: unknown, value: string): boolean {
  return Array.isArray(list) && list.includes(value)
}
