/** What a cookie is for: the session of someone who is logged in, or telling browsers apart while a page is open. */
export type IssuerCookie = 'session' | 'browser'

/**
 * The name of one of an issuer's cookies. A browser has the same cookies for all ports of a host (RFC 6265 §8.5), so that issuers of one
 * machine would overwrite each other's if the name were not each issuer's own.
 */
export function issuerCookieName(cookie: IssuerCookie, issuer: string): string {
  return `mock_issuer_${cookie}_${shortHash(issuer)}`
}

const maxValues = 20

/**
 * The values of a cookie that a request comes with, as far as the issuer could have set them; 20 at most. There can be several: what else
 * runs on the host may set one of the same name for another path, and which one comes first is not the issuer's to say.
 */
export function readIssuerCookies(request: Request, cookie: IssuerCookie, issuer: string): readonly string[] {
  const prefix = `${issuerCookieName(cookie, issuer)}=`
  const cookies = request.headers.get('cookie')?.split(';') ?? []
  return cookies
    .map((text) => text.trim())
    .filter((text) => text.startsWith(prefix))
    .map((text) => text.slice(prefix.length))
    .filter((value) => /^[A-Za-z0-9_-]{43}$/.test(value))
    .slice(0, maxValues)
}

// FNV-1a: it tells names apart, and protects nothing.
function shortHash(text: string): string {
  let hash = 0x811c9dc5
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193)
  return (hash >>> 0).toString(16).padStart(8, '0')
}
