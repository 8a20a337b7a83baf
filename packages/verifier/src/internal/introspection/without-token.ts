import type { Claims } from '../checks/claims.js'
import type { Statement } from './statement.js'

/** Members that identify whom a token belongs to. Evictions use them, and none is ever a token. */
const keptNames = new Set(['iss', 'sub', 'aud', 'client_id', 'username', 'scope', 'sid'])

/**
 * The statement without the token. Some servers repeat the token, in `token` or `access_token`, or as the `jti` that they know
 * it by. Claims get into principals, audit events and logs, where nothing may be found that could be presented. Nested members
 * are not checked.
 */
export function withoutToken(statement: Statement, token: string): Statement {
  if (!('claims' in statement)) return statement
  const members = Object.entries(statement.claims)
  const claims: Claims = Object.fromEntries(members.filter(([name, value]) => value !== token || keptNames.has(name)))
  return { active: true, claims }
}
