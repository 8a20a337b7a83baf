import type { EndpointName } from '../../request-log.js'

/** Answers one request. An expected failure is a response; a rejection is a fault of the issuer and becomes a 500. */
export type EndpointHandler = (request: Request) => Promise<Response>

/**
 * Which web pages of other origins may read the answers: all of them (public documents), those of the registered redirect
 * URIs (what a browser-based client calls), or none.
 */
export type CorsPolicy = 'any-origin' | 'client-origins' | 'none'

/** One endpoint: where it is inside the issuer, and what it does for each method. `HEAD` and `OPTIONS` follow from these. */
export interface Endpoint {
  readonly name: EndpointName
  readonly path: string
  readonly cors: CorsPolicy
  /** What the endpoint adds to the issuer's metadata, given its own URL. Default: nothing. */
  readonly metadata?: (url: string) => Readonly<Record<string, unknown>>
  readonly methods: Readonly<Partial<Record<'GET' | 'POST', EndpointHandler>>>
}

/** The paths inside the issuer, for the routes and the discovery document alike. */
export const endpointPaths = {
  'openid-configuration': '/.well-known/openid-configuration',
  'oauth-authorization-server': '/.well-known/oauth-authorization-server',
  jwks: '/jwks',
  authorization: '/authorize',
  login: '/login',
  token: '/token',
  userinfo: '/userinfo',
  introspection: '/introspect',
  revocation: '/revoke',
} as const satisfies Record<EndpointName, string>

/** The `Allow` header of an endpoint. */
export function allowedMethods({ methods }: Endpoint): string {
  return [...('GET' in methods ? ['GET', 'HEAD'] : []), ...('POST' in methods ? ['POST'] : []), 'OPTIONS'].join(', ')
}
