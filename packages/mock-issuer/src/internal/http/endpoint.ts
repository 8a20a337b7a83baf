import type { EndpointName } from '../../request-log.js'

/** Answers one request. An expected failure is a response; a rejection is a fault of the issuer and becomes a 500. */
export type EndpointHandler = (request: Request) => Promise<Response>

/**
 * Which web pages of other origins may read the answers: all of them (public documents), those of the registered redirect
 * URIs (what a browser-based client calls), or none.
 */
export type CorsPolicy = 'any-origin' | 'client-origins' | 'none'

/** The methods that an endpoint may answer. */
export type EndpointMethod = 'GET' | 'POST' | 'PUT' | 'DELETE'

/** One endpoint: where it is inside the issuer, and what it does for each method. `HEAD` and `OPTIONS` follow from these. */
export interface Endpoint {
  readonly name: EndpointName
  /** Exact, but that its last segment may be `:id`, which stands for any one segment: see `lastSegment`. */
  readonly path: string
  readonly cors: CorsPolicy
  /** What the endpoint adds to the issuer's metadata, given its own URL. Default: nothing. */
  readonly metadata?: (url: string) => Readonly<Record<string, unknown>>
  readonly methods: Readonly<Partial<Record<EndpointMethod, EndpointHandler>>>
}

/** The paths inside the issuer, for the routes and the discovery document alike. */
export const endpointPaths = {
  dashboard: '/dashboard',
  'openid-configuration': '/.well-known/openid-configuration',
  'oauth-authorization-server': '/.well-known/oauth-authorization-server',
  jwks: '/jwks',
  authorization: '/authorize',
  login: '/login',
  'end-session': '/logout',
  'logout-confirmation': '/logout/confirm',
  token: '/token',
  'device-authorization': '/device_authorization',
  device: '/device',
  'backchannel-authentication': '/bc-authorize',
  userinfo: '/userinfo',
  introspection: '/introspect',
  revocation: '/revoke',
  'pushed-authorization-request': '/par',
  registration: '/register',
  'client-configuration': '/register/:id',
} as const satisfies Record<EndpointName, string>

/** The `Allow` header of an endpoint. */
export function allowedMethods({ methods }: Endpoint): string {
  const others = (['POST', 'PUT', 'DELETE'] as const).filter((method) => method in methods)
  return [...('GET' in methods ? ['GET', 'HEAD'] : []), ...others, 'OPTIONS'].join(', ')
}

/** Finds the endpoint that has a path inside the issuer, as the router does. */
export function createEndpointFinder(endpoints: readonly Endpoint[]): (path: string) => Endpoint | undefined {
  const byPath = new Map(endpoints.map((endpoint) => [endpoint.path, endpoint]))
  return (path) => byPath.get(path) ?? byPath.get(withIdForLastSegment(path))
}

/** A path with `:id` in the place of its last segment; the path itself if that is empty. */
export function withIdForLastSegment(path: string): string {
  // No regular expression: one that is anchored at the end alone is tried at every character, quadratic in the length of the path.
  return path.endsWith('/') ? path : `${path.slice(0, path.lastIndexOf('/') + 1)}:id`
}

/** What stands for `:id` in the URL of a request. */
export function lastSegment(url: string): string {
  const { pathname } = new URL(url)
  return pathname.slice(pathname.lastIndexOf('/') + 1)
}
