import { decodeProtectedHeader, errors } from 'jose'
import type { JWTPayload } from 'jose'
import type { IssuerClient } from '../../client.js'
import type { Laxity } from '../../laxity.js'
import { ClientKeysError, verifyByKeySet, withClientKeys } from '../client-authentication/client-keys.js'
import type { ClientKeys } from '../client-authentication/client-keys.js'
import { asymmetricAlgorithms } from '../dpop/asymmetric-algorithms.js'
import type { Parameters } from '../http/parameters.js'
import { requestObjectParameters } from './request-object-parameters.js'

/** What a request object is held against. */
export interface RequestObjectInput {
  /** The `client_id` that the request object must be signed, issued and meant for. */
  readonly client: IssuerClient
  readonly clientKeys: ClientKeys
  readonly lax: ReadonlySet<Laxity>
  issuerName(): string
  now(): number
}

/** The parameters inside a request object, which alone count from there on (RFC 9101 §6.3), or why it is refused. */
export type OpenedRequestObject = { readonly parameters: Parameters; readonly problem?: undefined } | { readonly problem: string }

/** What request objects can be signed with. */
export const requestObjectAlgorithms = asymmetricAlgorithms

const maxLifetimeSeconds = 3_600
const mediaType = 'oauth-authz-req+jwt'

/**
 * Opens a request object (the parameter `request`): signed by a key of the client's, by an asymmetric algorithm; of the media type of
 * RFC 9101, plain `JWT` or none; issued by the client for this issuer; for an hour at most; for the same `client_id`; with
 * no other request object in it, and no `sub` that would make it a client's assertion (§10.8).
 *
 * RFC 9101 demands no `exp`, but who got hold of a request object without one could use it for ever; the laxity `request-object-long-lived`
 * takes it. Encrypted request objects are not supported. A `jti` is not remembered: the same object can be used again while it lasts.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9101#section-6 RFC 9101 §6}
 */
export async function openRequestObject(jwt: string, input: RequestObjectInput): Promise<OpenedRequestObject> {
  const { clientId } = input.client
  const problem = checkHeader(jwt)
  if (problem !== undefined) return { problem }
  const payload = await verify(jwt, input)
  if (typeof payload === 'string') return { problem: payload }
  if (!input.lax.has('request-object-long-lived') && !endsSoon(payload, input.now()))
    return { problem: `The request object must say its end (exp), at most ${maxLifetimeSeconds} seconds from now.` }
  if (payload['client_id'] !== clientId) return { problem: 'The client_id in the request object is not the one of the request.' }
  if (payload.sub === clientId) return { problem: 'A request object must not have the client_id as its sub.' }
  if ('request' in payload || 'request_uri' in payload) return { problem: 'A request object must not have another one in it.' }
  const parameters = requestObjectParameters(payload)
  return parameters === undefined ? { problem: 'A parameter in the request object is of the wrong JSON type.' } : { parameters }
}

function endsSoon({ exp }: JWTPayload, nowMs: number): boolean {
  return exp !== undefined && exp <= nowMs / 1000 + maxLifetimeSeconds
}

function checkHeader(jwt: string): string | undefined {
  const header = readHeader(jwt)
  if (header === undefined) return 'The request object is not a compact JWS.'
  if (!requestObjectAlgorithms.includes(String(header.alg))) return 'The request object must be signed, by an asymmetric algorithm.'
  const { typ = 'JWT' } = header
  const subtype = typeof typ === 'string' ? typ.toLowerCase().replace(/^application\//, '') : ''
  return [mediaType, 'jwt'].includes(subtype) ? undefined : `The typ of the request object is neither ${mediaType} nor JWT.`
}

function readHeader(jwt: string): { readonly alg?: unknown; readonly typ?: unknown } | undefined {
  try {
    return decodeProtectedHeader(jwt)
  } catch {
    return undefined
  }
}

async function verify(jwt: string, { client, clientKeys, ...input }: RequestObjectInput): Promise<JWTPayload | string> {
  const options = {
    algorithms: [...requestObjectAlgorithms],
    issuer: client.clientId,
    audience: input.issuerName(),
    currentDate: new Date(input.now()),
  }
  const notOfClient = 'The request object is not signed by a key of the client.'
  try {
    return (await withClientKeys(client, clientKeys, (jwks) => verifyByKeySet(jwt, jwks, options))) ?? notOfClient
  } catch (error) {
    if (error instanceof ClientKeysError) return error.message
    if (error instanceof errors.JWTExpired) return 'The request object has expired.'
    if (error instanceof errors.JWTClaimValidationFailed) return `The claim ${error.claim} of the request object does not hold.`
    if (error instanceof errors.JOSEError || error instanceof TypeError) return notOfClient
    throw error
  }
}
