import { issuerPath } from '../issuer-name.js'

const name = 'mock_issuer_session'

/** The cookie of the session that a request comes with, or `undefined` if it has none that we would set. */
export function readSessionCookie(request: Request): string | undefined {
  const cookies = request.headers.get('cookie')?.split(';') ?? []
  const value = cookies.map((cookie) => cookie.trim()).find((cookie) => cookie.startsWith(`${name}=`))
  return value && /^[A-Za-z0-9_-]{43}$/.exec(value.slice(name.length + 1))?.[0]
}

/**
 * The `Set-Cookie` header of a session. `Lax`, so that it comes along when an application sends the user here, and not when another
 * site posts a form.
 */
export function formatSessionCookie(value: string, issuer: string, maxAgeSeconds: number): string {
  const secure = issuer.startsWith('https:') ? '; Secure' : ''
  return `${name}=${value}; Path=${issuerPath(issuer) || '/'}; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Lax${secure}`
}

/** The `Set-Cookie` header that takes the cookie away. */
export function clearSessionCookie(issuer: string): string {
  return formatSessionCookie('', issuer, 0)
}
