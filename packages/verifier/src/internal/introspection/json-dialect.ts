import { hasContentType } from '@bailiwick/protocol'
import { claimsIn, parseJsonStatement } from './json-statement.js'
import { refuseContentType, refuseStatus } from './response-form.js'
import type { Dialect } from './statement.js'

/**
 * Plain JSON: status 200, `application/json`, and an object with a boolean `active`. Some servers include the token as a JWT.
 * It is left out of the claims, which must not suffice to present the token.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7662#section-2.2 RFC 7662 §2.2}
 */
export function createJsonDialect({ now }: { now: () => number }): Dialect {
  return {
    accept: 'application/json',
    read(response) {
      if (response.status !== 200) refuseStatus(response, now())
      if (!hasContentType(response.headers, 'application/json')) refuseContentType(response, 'application/json')
      const { active, members } = parseJsonStatement(response.text)
      return active ? { active, claims: claimsIn(members) } : { active }
    },
  }
}
