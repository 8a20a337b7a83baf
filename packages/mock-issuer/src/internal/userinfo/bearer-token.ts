/** What a request to a protected resource presents: a token, nothing, or something malformed (RFC 6750 §2.1 and §3.1). */
export type PresentedToken = { readonly token: string } | 'absent' | 'malformed'

/** Reads the bearer token of an `Authorization` header, the only place where one is looked for. */
export function readBearerToken(header: string | null): PresentedToken {
  if (header === null) return 'absent'
  const token = /^bearer +([A-Za-z0-9._~+/-]+=*)$/i.exec(header)?.[1]
  return token === undefined ? 'malformed' : { token }
}
