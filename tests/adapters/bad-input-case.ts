import type { JwksAnswer, JwksServer } from './jwks-server.js'
import { bearer, type Fields } from './raw-request.js'
import type { TokenForge } from './token-forge.js'

/** What every case belongs to, so that none of them can be forgotten. */
export const badInputItems = [
  'no header',
  'Bearer with nothing',
  'two credentials',
  'lower-case scheme',
  'other scheme',
  '64 kB header',
  'not three parts',
  'bad base64url and JSON',
  'alg none',
  'HS256 with the public key',
  'embedded key',
  'unknown crit',
  'b64 false',
  'forged ES256 signature',
  'wrong curve',
  'RSA 1024',
  'wrong issuer',
  'audience',
  'exp',
  'nbf',
  'ID token',
  'kid',
  'duplicate JSON members',
  'JWKS',
] as const

export interface BadInput {
  readonly item: (typeof badInputItems)[number]
  readonly name: string
  readonly request: (forge: TokenForge, jwksServer: JwksServer) => BadRequest | Promise<BadRequest>
  readonly outcome: DocumentedOutcome
  /** How the JWKS endpoint answers. Default: as it should. */
  readonly jwks?: JwksAnswer
  /** `wide`: a server that lets headers of 128 kB through. Default: the limit of Node, 16 kB. */
  readonly server?: 'wide'
  /** Default `jwt`. */
  readonly profile?: 'rfc9068'
}

export interface BadRequest {
  readonly fields: Fields
  /** Behind the path, from its question mark on. */
  readonly query?: string
}

/** The status, the `error` of the challenge, and the code by which the event tells an operator why. */
export type DocumentedOutcome =
  | { readonly status: 200 }
  | { readonly status: 431 }
  | { readonly status: 400 | 401; readonly error: 'invalid_request' | 'invalid_token' | undefined; readonly reason: string }
  | { readonly status: 503; readonly reason: string }

/** Not everything that looks wrong is: what is documented as accepted has to be. */
export const accepted: DocumentedOutcome = { status: 200 }
/** Node's own limit, before any application code. */
export const refusedByNode: DocumentedOutcome = { status: 431 }

export function noCredentials(): DocumentedOutcome {
  return { status: 401, error: undefined, reason: 'credentials_missing' }
}

export function invalidRequest(reason: string): DocumentedOutcome {
  return { status: 400, error: 'invalid_request', reason }
}

export function invalidToken(reason: string): DocumentedOutcome {
  return { status: 401, error: 'invalid_token', reason }
}

export const keysUnavailable: DocumentedOutcome = { status: 503, reason: 'keys_unavailable' }

/** A request with one token in its header. */
export function presenting(token: (forge: TokenForge, jwksServer: JwksServer) => string | Promise<string>): BadInput['request'] {
  return async (forge, jwksServer) => ({ fields: bearer(await token(forge, jwksServer)) })
}

/** A request with one `Authorization` field, given as it goes over the wire. */
export function authorization(value: (token: string) => string): BadInput['request'] {
  return async (forge) => ({ fields: [['authorization', value(await forge.token())]] })
}

/** Name, request and documented outcome. */
export type Row = readonly [name: string, request: BadInput['request'], outcome: DocumentedOutcome]

/** The cases of one item, which all have the rest in common. */
export function cases(item: BadInput['item'], rows: readonly Row[], rest: Partial<BadInput> = {}): readonly BadInput[] {
  return rows.map(([name, request, outcome]) => ({ item, name, request, outcome, ...rest }))
}
