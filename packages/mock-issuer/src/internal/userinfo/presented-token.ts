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
