import { decodeJwt } from 'jose'
import type { MockIssuer } from '../src/index.js'
import { post, service } from './code-flow.js'

/** A form that an introspection response may have, and how to read what it says. */
export interface IntrospectionDialect {
  readonly name: string
  readonly accept: string
  /** What is said of the token; `undefined` where it is not active. */
  read(response: Response): Promise<Readonly<Record<string, unknown>> | undefined>
}

export const json: IntrospectionDialect = {
  name: 'JSON',
  accept: 'application/json',
  read: async (response) => ifActive(await response.json()),
}

export const signed: IntrospectionDialect = {
  name: 'signed JSON',
  accept: 'application/token-introspection+jwt',
  read: async (response) => ifActive(decodeJwt<{ token_introspection: object }>(await response.text()).token_introspection),
}

export const phantom: IntrospectionDialect = {
  name: 'the JWT itself',
  accept: 'application/jwt',
  read: async (response) => (response.status === 204 ? undefined : decodeJwt(await response.text())),
}

/** Asks as the client `service`, or as the one whose credentials are given. */
export function introspect(
  issuer: MockIssuer,
  token: string,
  { accept }: IntrospectionDialect = json,
  credentials = service,
): Promise<Response> {
  return post(issuer, '/introspect', { token }, { ...credentials, accept })
}

/** What the client is told of a token. That it is not active is all that may be said of others, which is made sure of. */
function ifActive(answer: object): Readonly<Record<string, unknown>> | undefined {
  const { active, ...claims } = answer as Record<string, unknown>
  if (active === true) return claims
  if (active === false && Object.keys(claims).length === 0) return undefined
  throw new Error(`an answer that is neither active nor inactive: ${JSON.stringify(answer)}`)
}
