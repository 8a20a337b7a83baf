import { rebuilt } from './altered-body.js'

/**
 * The answer with another issuer in it, wherever an answer names one: `issuer` or `iss` of a JSON document, `iss` of a redirect
 * (RFC 9207). Signed documents are left as they are: their issuer is a matter of minting.
 */
export async function withWrongIssuer(response: Response, issuer: string): Promise<Response> {
  const location = response.headers.get('location')
  if (location !== null) return rebuilt(response, response.body, { location: replaceIss(location, issuer) })
  if (!/^application\/(?:[\w.-]+\+)?json\b/i.test(response.headers.get('content-type') ?? '')) return response
  const document: unknown = await response.json()
  if (typeof document !== 'object' || document === null) return rebuilt(response, JSON.stringify(document))
  const named = ['issuer', 'iss'].filter((member) => Object.hasOwn(document, member))
  return rebuilt(response, JSON.stringify({ ...document, ...Object.fromEntries(named.map((member) => [member, issuer])) }))
}

// As text: the rest of a redirect URI is compared by the client, and parsing could change it.
function replaceIss(location: string, issuer: string): string {
  return location.replace(/([?&])iss=[^&#]*/, (_, separator: string) => `${separator}iss=${encodeURIComponent(issuer)}`)
}
