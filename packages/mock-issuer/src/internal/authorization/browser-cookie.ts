import { issuerCookieName, readIssuerCookies } from '../http/issuer-cookies.js'
import { issuerPath } from '../issuer-name.js'
import { randomToken } from '../random-token.js'
import { loginTtlSeconds } from './pending-logins.js'

/** The values that tell this browser from others, none or more: what else runs on the host may have set one too. */
export function readBrowserCookies(request: Request, issuer: string): readonly string[] {
  return readIssuerCookies(request, 'browser', issuer)
}

/** A value for a browser that has none. */
export function newBrowserCookie(): string {
  return randomToken()
}

/**
 * The `Set-Cookie` header. A login page can be answered only by the browser that has the cookie, so another site can
 * neither post the form nor lend its own page to a victim. `Lax`, so that it also comes along when an application sends the
 * user here again.
 */
export function formatBrowserCookie(value: string, issuer: string): string {
  const secure = issuer.startsWith('https:') ? '; Secure' : ''
  return `${issuerCookieName('browser', issuer)}=${value}; Path=${issuerPath(issuer) || '/'}; Max-Age=${loginTtlSeconds}; HttpOnly; SameSite=Lax${secure}`
}
