import { issuerCookieName, readIssuerCookies } from '../http/issuer-cookies.js'
import { issuerPath } from '../issuer-name.js'
import type { Session } from './session.js'
import type { Sessions } from './sessions.js'

/** The cookies of a session that a request comes with, none or more. At most one of them is that of a session. */
export function readSessionCookies(request: Request, issuer: string): readonly string[] {
  return readIssuerCookies(request, 'session', issuer)
}

export interface SessionOfRequestInput {
  readonly sessions: Pick<Sessions, 'find'>
  issuerName(): string
}

/** The cookie of the session that a request belongs to, if that has neither ended nor expired. */
export function findSessionCookie(request: Request, { sessions, issuerName }: SessionOfRequestInput): string | undefined {
  return readSessionCookies(request, issuerName()).find((cookie) => sessions.find(cookie) !== undefined)
}

/** The session that a request belongs to, if it has neither ended nor expired. */
export function findSession(request: Request, input: SessionOfRequestInput): Session | undefined {
  return input.sessions.find(findSessionCookie(request, input))
}

/**
 * The `Set-Cookie` header of a session. `Lax`, so that it comes along when an application sends the user here, and not when another
 * site posts a form.
 */
export function formatSessionCookie(value: string, issuer: string, maxAgeSeconds: number): string {
  const secure = issuer.startsWith('https:') ? '; Secure' : ''
  return `${issuerCookieName('session', issuer)}=${value}; Path=${issuerPath(issuer) || '/'}; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Lax${secure}`
}

/** The `Set-Cookie` header that takes the cookie away. */
export function clearSessionCookie(issuer: string): string {
  return formatSessionCookie('', issuer, 0)
}
