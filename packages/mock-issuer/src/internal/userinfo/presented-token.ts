import { readParameters } from '../http/form.js'
import { OAuthRefusal } from '../http/oauth-refusal.js'

/** The schemes by which a request presents an access token (RFC 6750 §2.1, RFC 9449 §7.1). */
export type AccessTokenScheme = 'Bearer' | 'DPoP'

/** What a request to a protected resource presents: a token, nothing, or something malformed (RFC 6750 §3.1). */
export type PresentedToken = { readonly scheme: AccessTokenScheme; readonly token: string } | 'absent' | 'malformed'

/** Reads the access token of an `Authorization` header, the only place where one is looked for. */
export function readPresentedToken(header: string | null): PresentedToken {
  if (header === null) return 'absent'
  const [, scheme, token] = /^(bearer|dpop) +([A-Za-z0-9._~+/-]+=*)$/i.exec(header) ?? []
  if (scheme === undefined || token === undefined) return 'malformed'
  return { scheme: scheme.toLowerCase() === 'dpop' ? 'DPoP' : 'Bearer', token }
}

/**
 * Whether a request has an `access_token` beside its header, in the query or in a form. It is never used, but a client may present its
 * token in one way only (RFC 6750 §2). Reads the body. A form that cannot be read counts as one that has it.
 */
export async function presentsAnotherToken(request: Request): Promise<boolean> {
  if (new URL(request.url).searchParams.has('access_token')) return true
  const type = request.headers.get('content-type') ?? ''
  if (!/^application\/x-www-form-urlencoded *(?:;|$)/i.test(type)) return false
  try {
    return (await readParameters(request)).values.has('access_token')
  } catch (error) {
    if (error instanceof OAuthRefusal) return true
    throw error
  }
}
