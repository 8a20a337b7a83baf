import type { Claims } from '../checks/claims.js'
import type { Statement } from './statement.js'

/** Members that say for whom a token is, and to what it belongs. By them tokens are evicted, and none of them is ever a token. */
const keptNames = new Set(['iss', 'sub', 'aud', 'client_id', 'username', 'scope', 'sid'])

/**
 * What a server says of a token, without the token: some repeat it, in `token` or `access_token`, or as the `jti` that they know it by.
 * Claims get into principals, audit events and logs, where nobody may find what could be presented. Members within members are not looked
 * at.
 */
export function withoutToken(statement: Statement, token: string): Statement {
  if (!('claims' in statement)) return statement
  const members = Object.entries(statement.claims)
  const claims: Claims = Object.fromEntries(members.filter(([name, value]) => value !== token || keptNames.has(name)))
  return { active: true, claims }
}
