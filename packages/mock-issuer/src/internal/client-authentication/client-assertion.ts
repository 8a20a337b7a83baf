import { decodeJwt, decodeProtectedHeader, errors, jwtVerify } from 'jose'
import type { JWTPayload, JWTVerifyOptions, ProtectedHeaderParameters } from 'jose'
import type { IssuerClient } from '../../client.js'
import { asymmetricAlgorithms } from '../dpop/asymmetric-algorithms.js'
import { endpointPaths } from '../http/endpoint.js'
import { OAuthRefusal } from '../http/oauth-refusal.js'
import { endpointUrl } from '../issuer-name.js'
import { maxIdentifierCharacters } from '../replay/used-identifiers.js'
import type { UsedIdentifiers } from '../replay/used-identifiers.js'
import { secretAlgorithms } from './authentication-metadata.js'
import { ClientKeysError, verifyByKeySet, withClientKeys } from './client-keys.js'
import type { ClientKeys } from './client-keys.js'

export interface ClientAssertionInput {
  readonly clientKeys: ClientKeys
  readonly usedIdentifiers: UsedIdentifiers
  issuerName(): string
  now(): number
}

/** A JWT by which a client authenticates, before anything of it is believed. */
export interface ClientAssertion {
  readonly jwt: string
  readonly header: ProtectedHeaderParameters
  /** The client that it claims to be from. */
  readonly clientId: string
}

const maxAssertionCharacters = 16_384
const maxLifetimeSeconds = 600
const toleranceSeconds = 5
// The typ that draft-ietf-oauth-rfc7523bis asks for, and what clients send today. A JWT of another kind is no authentication.
const allowedTypes: ReadonlySet<unknown> = new Set([undefined, 'JWT', 'client-authentication+jwt'])

/**
 * Finds out which client an assertion claims to be from.
 * @throws {OAuthRefusal} `invalid_client`
 */
export function readClientAssertion(jwt: string): ClientAssertion {
  if (jwt.length > maxAssertionCharacters) refuse(`The client assertion is longer than ${maxAssertionCharacters} characters.`)
  try {
    const [header, { sub }] = [decodeProtectedHeader(jwt), decodeJwt(jwt)]
    return { jwt, header, clientId: typeof sub === 'string' ? sub : refuse('The sub of the client assertion is not the client.') }
  } catch (error) {
    if (error instanceof OAuthRefusal) throw error
    return refuse('The client assertion is not a JWT.')
  }
}

/**
 * Checks an assertion of `private_key_jwt` or `client_secret_jwt`, and takes its `jti`. The method decides which algorithms and which
 * keys can have signed it; the token does not. Its `aud` must be one name alone: the issuer's, as draft-ietf-oauth-rfc7523bis asks for
 * and is best; or, as older specifications have it, the URL of the token endpoint or of the endpoint that is called. It may be good
 * for ten minutes from now at most.
 *
 * @throws {OAuthRefusal} `invalid_client`; `temporarily_unavailable`, 503, while too many assertions are remembered
 * @see {@link https://www.rfc-editor.org/rfc/rfc7523#section-3 RFC 7523 §3}
 * @see {@link https://openid.net/specs/openid-connect-core-1_0.html#ClientAuthentication OpenID Connect Core 1.0 §9}
 */
export async function verifyClientAssertion(
  { jwt, header: { typ, crit } }: ClientAssertion,
  { client, method, request }: { client: IssuerClient; method: 'private_key_jwt' | 'client_secret_jwt'; request: Request },
  input: ClientAssertionInput,
): Promise<void> {
  if (!allowedTypes.has(typ)) refuse('The typ of the client assertion is of another kind of JWT.')
  if (crit !== undefined) refuse('The client assertion has critical header parameters, and none are known.')
  const verify = method === 'private_key_jwt' ? verifyByKeys : verifySecret
  const claims = await verify(jwt, client, input).catch(refuseJwt)
  if (claims === undefined) refuse('The client assertion is not signed by a key of the client.')
  if (claims.iss !== client.clientId || claims.sub !== client.clientId)
    refuse('The iss and the sub of the client assertion must be the client.')
  if (!isAudience(claims.aud, request, input)) refuse(`The aud of the client assertion must be ${input.issuerName()}, and nothing else.`)
  checkTime(claims, input.now() / 1000)
  takeOnce(claims, client, input)
}

function refuse(reason: string): never {
  throw new OAuthRefusal('invalid_client', reason)
}

function refuseJwt(error: unknown): never {
  if (error instanceof ClientKeysError) refuse(error.message)
  if (error instanceof errors.JWTExpired) refuse('The client assertion has expired.')
  if (error instanceof errors.JOSEAlgNotAllowed) refuse('The alg of the client assertion is not one of the method of the client.')
  const isOfClient = error instanceof errors.JOSEError || error instanceof TypeError || error instanceof DOMException
  // The last two are what a key throws that is none.
  if (isOfClient) refuse('The client assertion is not a JWT that the client can have made.')
  throw error
}

async function verifyByKeys(jwt: string, client: IssuerClient, input: ClientAssertionInput): Promise<JWTPayload | undefined> {
  return withClientKeys(client, input.clientKeys, (jwks) =>
    verifyByKeySet(jwt, jwks, { algorithms: [...asymmetricAlgorithms], ...time(input) }),
  )
}

async function verifySecret(
  jwt: string,
  { clientSecret = '' }: IssuerClient,
  input: ClientAssertionInput,
): Promise<JWTPayload | undefined> {
  const key = new TextEncoder().encode(clientSecret)
  // A secret that is shorter than the hash must not be used with it (RFC 7518 §3.2).
  const algorithms = secretAlgorithms.filter((algorithm) => key.length * 8 >= Number(algorithm.slice(2)))
  try {
    return (await jwtVerify(jwt, key, { algorithms, ...time(input) })).payload
  } catch (error) {
    if (error instanceof errors.JWSSignatureVerificationFailed) return undefined
    throw error
  }
}

function time({ now }: ClientAssertionInput): JWTVerifyOptions {
  return { currentDate: new Date(now()), clockTolerance: toleranceSeconds }
}

function isAudience(aud: JWTPayload['aud'], request: Request, { issuerName }: ClientAssertionInput): boolean {
  const [only, ...more] = typeof aud === 'string' ? [aud] : (aud ?? [])
  if (only === undefined || more.length > 0) return false
  const issuer = issuerName()
  const called = new URL(issuer).origin + new URL(request.url).pathname
  return [issuer, endpointUrl(issuer, endpointPaths.token), called].includes(only)
}

function checkTime({ exp, iat }: JWTPayload, nowSeconds: number): void {
  if (exp === undefined) refuse('The client assertion has no exp.')
  if (exp > nowSeconds + maxLifetimeSeconds) refuse(`The client assertion is good for more than ${maxLifetimeSeconds} seconds from now.`)
  if (iat !== undefined && iat > nowSeconds + toleranceSeconds) refuse('The iat of the client assertion is in the future.')
}

function takeOnce({ jti, exp = 0 }: JWTPayload, { clientId }: IssuerClient, { usedIdentifiers }: ClientAssertionInput): void {
  if (typeof jti !== 'string' || jti === '') refuse('The client assertion has no jti.')
  if (jti.length > maxIdentifierCharacters) refuse(`The jti of the client assertion is longer than ${maxIdentifierCharacters} characters.`)
  // One second longer than it is accepted, tolerance and rounding included.
  const problem = usedIdentifiers.take('client-assertion', clientId, jti, (exp + toleranceSeconds + 1) * 1000)
  if (problem !== undefined) refuse(`The client assertion ${problem}.`)
}
