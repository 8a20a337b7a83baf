import { isJsonObject, parseJson } from '@bailiwick/protocol'
import { type Claims, claimOf } from '../checks/claims.js'
import { introspectionUnavailable } from './introspection-unavailable.js'
import { hasRepeatedMember } from './repeated-member.js'

/** A JSON object with a boolean `active`, and its other members. */
export interface JsonStatement {
  readonly active: boolean
  readonly members: Readonly<Record<string, unknown>>
}

/** What is nested deeper than this is not walked (RFC 8259 §9 lets a parser set a limit). */
const maxDepth = 32

/**
 * Parses the JSON of an introspection response: an object whose `active` is exactly `true` or `false`. Duplicate members are
 * refused, because parsers differ in which one they use.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7662#section-2.2 RFC 7662 §2.2}
 */
export function parseJsonStatement(text: string): JsonStatement {
  let value: unknown
  try {
    value = parseJson(text, { maxDepth })
  } catch (cause) {
    throw introspectionUnavailable('the response is not JSON', { cause })
  }
  if (isJsonObject(value) && hasRepeatedMember(text)) throw introspectionUnavailable('the response has a member twice')
  return readJsonStatement(value, 'the response')
}

/** The same for parsed JSON. */
export function readJsonStatement(value: unknown, name: string): JsonStatement {
  if (!isJsonObject(value)) throw introspectionUnavailable(`${name} is not a JSON object`)
  const active = claimOf(value, 'active')
  if (typeof active !== 'boolean') throw introspectionUnavailable(`${name} does not have active as true or false`)
  const { active: _, ...members } = value
  return { active, members }
}

/** Members that hold the token in another form, which can be presented. */
const tokenMembers = new Set(['jwt', 'phantom_token'])

/** The claims, without the token. */
export function claimsIn(members: JsonStatement['members']): Claims {
  return Object.fromEntries(Object.entries(members).filter(([name]) => !tokenMembers.has(name)))
}
