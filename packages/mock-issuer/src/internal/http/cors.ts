import { allowedMethods } from './endpoint.js'
import type { CorsPolicy, Endpoint } from './endpoint.js'

// What a browser-based client sends: client_secret_basic or a bearer token, and a form. DPoP is announced by RFC 9449 §11.
const allowedHeaders = 'authorization, content-type, dpop'
const maxAgeSeconds = 600

/** Adds the CORS headers that the endpoint's policy gives to the request's origin. Cookies are never allowed along. */
export function applyCors(headers: Headers, request: Request, policy: CorsPolicy, clientOrigins: ReadonlySet<string>): void {
  if (policy === 'none') return
  if (policy === 'any-origin') {
    headers.set('access-control-allow-origin', '*')
  } else {
    headers.append('vary', 'origin')
    const origin = request.headers.get('origin')
    if (origin === null || !clientOrigins.has(origin)) return
    headers.set('access-control-allow-origin', origin)
  }
  headers.set('access-control-expose-headers', 'www-authenticate, dpop-nonce')
}

/** Answers `OPTIONS`, a CORS pre-flight or not; `applyCors` decides whether the origin is let in. */
export function optionsResponse(endpoint: Endpoint, request: Request): Response {
  const allow = allowedMethods(endpoint)
  const headers = new Headers({ allow })
  if (endpoint.cors !== 'none' && request.headers.has('access-control-request-method')) {
    headers.set('access-control-allow-methods', allow)
    headers.set('access-control-allow-headers', allowedHeaders)
    headers.set('access-control-max-age', String(maxAgeSeconds))
  }
  return new Response(null, { status: 204, headers })
}
