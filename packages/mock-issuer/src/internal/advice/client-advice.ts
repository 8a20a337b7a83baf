import type { IssuerClient } from '../../client.js'
import type { GrantType } from '../../grant-type.js'
import { grantTypes } from '../../grant-type.js'
import type { EndpointName } from '../../request-log.js'
import { isPublicClient, registeredMethods } from '../client-authentication/registered-methods.js'
import { clientGrantTypes } from '../token-endpoint/client-grant-types.js'
import { listed, quoted, suggestion } from './known-names.js'

type Clients = ReadonlyMap<string, IssuerClient>

/**
 * What would mend a request that no client, or an unknown one, is named in; `undefined` for a client that there is. An unknown id is quoted
 * only if it is nearly that of a client: otherwise it may be a secret that was sent in its place.
 */
export function unknownClientAdvice(clientId: string | undefined, clients: Clients): string | undefined {
  if (clientId === undefined) return `Send the client_id of one of the clients: ${listed(clients.keys())}.`
  if (clients.has(clientId)) return undefined
  const meant = suggestion(clientId, clients.keys())
  const sent = meant === '' ? 'the one that was sent' : quoted(clientId)
  return `${meant}The clients are ${listed(clients.keys())}; add ${sent} to them, or use one of these.`
}

/** What would mend the authentication of a client. */
export function authenticationAdvice(clientId: string | undefined, clients: Clients): string | undefined {
  const client = clients.get(clientId ?? '')
  if (client === undefined) return unknownClientAdvice(clientId, clients)
  const name = quoted(client.clientId)
  if (isPublicClient(client)) {
    return `The client ${name} is public: it sends its client_id and no secret. Give it a "clientSecret" to make it confidential.`
  }
  const methods = registeredMethods(client)
  const what = methods.some((method) => method.startsWith('client_secret_') && method !== 'client_secret_jwt')
    ? ', with its "clientSecret"'
    : ''
  return `The client ${name} authenticates by ${methods.join(' or ')}${what}.`
}

const endpointGrants: Readonly<Partial<Record<EndpointName, GrantType>>> = {
  authorization: 'authorization_code',
  'pushed-authorization-request': 'authorization_code',
  'device-authorization': 'urn:ietf:params:oauth:grant-type:device_code',
  'backchannel-authentication': 'urn:openid:params:grant-type:ciba',
}

/** What would let a client use the grant of a request. */
export function grantAdvice(
  { clientId, grantType, endpoint }: { clientId?: string | undefined; grantType?: string | undefined; endpoint: EndpointName | undefined },
  clients: Clients,
): string | undefined {
  const client = clients.get(clientId ?? '')
  const wanted = (endpoint && endpointGrants[endpoint]) ?? grantTypes.find((known) => known === grantType)
  if (client === undefined || wanted === undefined) return undefined
  const own = clientGrantTypes(client)
  if (!own.includes(wanted))
    return `Add ${quoted(wanted)} to the "grantTypes" of the client ${quoted(client.clientId)}, which are ${listed(own)}.`
  return isPublicClient(client)
    ? `Give the client ${quoted(client.clientId)} a "clientSecret": a public client cannot use this grant.`
    : undefined
}

/** The grant that was probably meant, and those that there are. */
export function unknownGrantAdvice(grantType: string | undefined, hasTrustedIssuers: boolean): string {
  const jwtBearer = 'urn:ietf:params:oauth:grant-type:jwt-bearer'
  if (grantType === jwtBearer && !hasTrustedIssuers) return 'Name the issuers whose JWTs are taken in "trustedIssuers".'
  return `${suggestion(grantType ?? '', grantTypes)}The grants are ${listed(grantTypes)}.`
}
