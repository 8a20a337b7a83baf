import type { JWTPayload } from 'jose'
import { createParameters } from '../http/parameters.js'
import type { Parameters } from '../http/parameters.js'

// What the JWT says of itself (RFC 7519 §4.1) is no parameter of the request.
const ownClaims = new Set(['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti'])
// Parameters whose values are JSON, which a request object holds as it is (RFC 9396 §3, OpenID Connect Core 1.0 §5.5).
const jsonParameters = new Set(['authorization_details', 'claims'])

/**
 * The parameters that a request object holds: strings, and numbers in the way that a query would have them; JSON where the parameter is
 * JSON, and a list for `resource`, which may be repeated (RFC 8707 §2). `undefined` if another value is neither string nor number.
 */
export function requestObjectParameters(payload: JWTPayload): Parameters | undefined {
  const entries: [string, string][] = []
  for (const [name, value] of Object.entries(payload)) {
    if (ownClaims.has(name)) continue
    const texts = textsOf(name, value)
    if (texts === undefined) return undefined
    for (const text of texts) entries.push([name, text])
  }
  return createParameters(entries)
}

function textsOf(name: string, value: unknown): readonly string[] | undefined {
  if (typeof value === 'string') return [value]
  if (typeof value === 'number') return [String(value)]
  if (typeof value !== 'object' || value === null) return undefined
  if (jsonParameters.has(name)) return [JSON.stringify(value)]
  if (name !== 'resource' || !Array.isArray(value)) return undefined
  return value.every((entry) => typeof entry === 'string') ? value : undefined
}
