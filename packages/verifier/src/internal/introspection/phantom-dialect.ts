import { type BoundedResponse, hasContentType } from '@bailiwick/protocol'
import { checkContentType } from '../checks/content-type.js'
import { checkTokenType } from '../checks/token-type.js'
import { claimOf } from '../checks/claims.js'
import { parseCompactJws } from '../compact-jws.js'
import type { JwtRules } from '../jwt-examiner.js'
import { readBeside } from './beside-jwt.js'
import { introspectionUnavailable } from './introspection-unavailable.js'
import { parseJsonStatement } from './json-statement.js'
import { refuseContentType, refuseStatus } from './response-form.js'
import type { Dialect, Statement } from './statement.js'

export type PhantomDialectRules = Pick<JwtRules, 'profile' | 'maxTokenBytes' | 'now'>

/** Where servers put the JWT in a JSON response. */
const members = ['phantom_token', 'jwt']

/**
 * The access token as a JWT in place of the opaque one: the body of a 200 of type `application/jwt`, or a member of a JSON
 * object with `active: true`. Status 204 means that the token is not active, and so does `active: false`, whatever else is
 * there.
 *
 * The JSON members beside the JWT are the server's word on the token too, and are returned with it.
 *
 * The JWT is not verified here. It must have the header of an access token: another `typ`, or a `cty` of a nested token, is the
 * server's fault and not the token's, since only the server chose it.
 */
export function createPhantomDialect({ profile, maxTokenBytes, now }: PhantomDialectRules): Dialect {
  return {
    // As the only type: some servers look for exactly this value.
    accept: 'application/jwt',
    read(response) {
      const { status, headers, text } = response
      if (status === 204) return { active: false }
      if (status !== 200) refuseStatus(response, now())
      if (hasContentType(headers, 'application/jwt')) return { active: true, jwt: checkForm(text), beside: {} }
      if (hasContentType(headers, 'application/json')) return readJson(response)
      return refuseContentType(response, 'application/jwt')
    },
  }

  function readJson({ text }: BoundedResponse): Statement {
    const { active, members: said } = parseJsonStatement(text)
    if (!active) return { active }
    const [jwt, second] = members.map((name) => claimOf(said, name)).filter((value) => value !== undefined)
    if (typeof jwt === 'string' && second === undefined) return { active, jwt: checkForm(jwt), beside: readBeside(said) }
    throw introspectionUnavailable('the server answered with JSON that does not have just one of phantom_token and jwt, a string')
  }

  function checkForm(jwt: string): string {
    try {
      const { header } = parseCompactJws(jwt, { maxTokenBytes })
      checkTokenType(header, profile)
      checkContentType(header)
      return jwt
    } catch (cause) {
      throw introspectionUnavailable(`the JWT in the response is not accepted: ${cause instanceof Error ? cause.message : ''}`, { cause })
    }
  }
}
