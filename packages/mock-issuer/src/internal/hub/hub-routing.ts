import { endpointPaths } from '../http/endpoint.js'
import { jsonResponse } from '../http/json-response.js'
import { refuseLongPath } from '../http/path-limit.js'
import { routePath } from '../http/route-path.js'
import { endpointUrl, issuerPath } from '../issuer-name.js'
import { indexPage, notFoundPage } from './hub-pages.js'
import type { ListedIssuer } from './hub-pages.js'
import { isEndpointPath, liesUnderEndpoint, mountPathsOf, onDemandPathOf } from './mount-path.js'

/** What routing needs to know of an issuer. */
export interface RoutedIssuer {
  readonly path: string
  readonly issuer: { readonly issuer: string }
  readonly state: { readonly dashboard: unknown }
  handle(request: Request): Promise<Response>
}

export interface RoutingInput {
  readonly mounted: ReadonlyMap<string, RoutedIssuer>
  /** Makes an issuer for a path that an endpoint of it was asked at, if that is allowed and there is room. */
  mountOnDemand(path: string): RoutedIssuer | undefined
}

/** Hands a request to the issuer whose path it is for, and answers those that are for none with a list of the issuers. */
export async function answerRequest(request: Request, input: RoutingInput): Promise<Response> {
  const tooLong = refuseLongPath(request)
  if (tooLong !== undefined) return tooLong
  const { pathname } = new URL(request.url)
  const issuer = findIssuer(pathname, input)
  if (issuer === undefined) return pathname === '/' ? index(request, input) : notFound(request, pathname, input)
  if (isFront(pathname, issuer) && issuer.state.dashboard !== undefined && request.method === 'GET') {
    const location = issuerPath(issuer.issuer.issuer) + endpointPaths.dashboard
    return new Response(null, { status: 303, headers: { location, 'cache-control': 'no-store' } })
  }
  const response = await issuer.handle(request)
  const isUnknown = response.status === 404 && !isEndpointPath(routePath(request.url, issuer.issuer.issuer))
  return isUnknown ? notFound(request, pathname, input) : response
}

function findIssuer(pathname: string, { mounted, mountOnDemand }: RoutingInput): RoutedIssuer | undefined {
  const path = mountPathsOf(pathname).find((candidate) => mounted.has(candidate))
  if (path !== undefined) return mounted.get(path)
  const demanded = onDemandPathOf(pathname)
  if (demanded === undefined || [...mounted.keys()].some((other) => liesUnderEndpoint(other, demanded))) return undefined
  return mountOnDemand(demanded)
}

function isFront(pathname: string, { path }: RoutedIssuer): boolean {
  return pathname === path || pathname === `${path}/`
}

async function index(request: Request, input: RoutingInput): Promise<Response> {
  const issuers = list(input)
  return isForBrowser(request) ? indexPage(issuers) : jsonResponse({ issuers })
}

async function notFound(request: Request, pathname: string, input: RoutingInput): Promise<Response> {
  const issuers = list(input)
  if (isForBrowser(request)) return notFoundPage(pathname, issuers)
  const description = 'Nothing is at this path. Each issuer says in its discovery document where its endpoints are.'
  return jsonResponse({ error: 'not_found', error_description: description, issuers }, { status: 404 })
}

function isForBrowser(request: Request): boolean {
  return request.headers.get('accept')?.includes('text/html') ?? false
}

const maxListed = 100

function list({ mounted }: RoutingInput): readonly ListedIssuer[] {
  return [...mounted.values()].slice(0, maxListed).map(({ issuer, state }) => ({
    issuer: issuer.issuer,
    discovery: endpointUrl(issuer.issuer, endpointPaths['openid-configuration']),
    ...(state.dashboard === undefined ? {} : { dashboard: issuerPath(issuer.issuer) + endpointPaths.dashboard }),
  }))
}
