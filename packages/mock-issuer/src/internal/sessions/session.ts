import type { AuthenticationLevel } from '../../authentication-level.js'

/** Who logged in, when and how. */
export interface Authentication {
  readonly sub: string
  /** In seconds since the epoch. */
  readonly authTimeSeconds: number
  readonly level: AuthenticationLevel
}

/** A browser that someone is logged in with. */
export interface Session extends Authentication {
  /** The `sid` of ID tokens and logout tokens. Public, unlike the cookie. */
  readonly id: string
  /** The clients that got tokens in this session, and the scopes that were granted to each. */
  readonly clients: Map<string, Set<string>>
  /** Whether it was logged out. What was granted in it without `offline_access` ends with it. */
  ended: boolean
}

const maxClients = 1_000
const maxScopes = 1_000

/** Remembers what a client was granted, the last 1,000 scopes of each of the last 1,000 clients. */
export function rememberConsent(session: Session, clientId: string, scopes: readonly string[]): void {
  const granted = session.clients.get(clientId) ?? new Set()
  for (const scope of scopes) addBounded(granted, scope)
  if (!session.clients.has(clientId) && session.clients.size >= maxClients) forgetOldest(session.clients)
  session.clients.set(clientId, granted)
}

/** Whether the user would have to be asked: the client was never let in within this session, or asks for a scope that it was not granted. */
export function needsConsent({ clients }: Session, clientId: string, scopes: readonly string[]): boolean {
  const granted = clients.get(clientId)
  return granted === undefined || scopes.some((scope) => !granted.has(scope))
}

function addBounded(granted: Set<string>, scope: string): void {
  if (!granted.has(scope) && granted.size >= maxScopes) forgetOldest(granted)
  granted.add(scope)
}

function forgetOldest(collection: Map<string, unknown> | Set<string>): void {
  const [oldest] = collection.keys()
  if (oldest !== undefined) collection.delete(oldest)
}
