import { issuerPath } from '../issuer-name.js'
import { randomToken } from '../random-token.js'
import { loginTtlSeconds } from './pending-logins.js'

const name = 'mock_issuer_browser'

/** The value that tells this browser from others, or `undefined` if the request has none that we would set. */
export function readBrowserCookie(request: Request): string | undefined {
  const cookies = request.headers.get('cookie')?.split(';') ?? []
  const value = cookies.map((cookie) => cookie.trim()).find((cookie) => cookie.startsWith(`${name}=`))
  return value && /^[A-Za-z0-9_-]{43}$/.exec(value.slice(name.length + 1))?.[0]
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
  return `${name}=${value}; Path=${issuerPath(issuer) || '/'}; Max-Age=${loginTtlSeconds}; HttpOnly; SameSite=Lax${secure}`
}
