import { isJsonObject } from '@bailiwick/protocol'
import { claimOf } from '../checks/claims.js'

/**
 * Whether two values of `cnf` demand the same of a sender. Members that are understood are texts; one that is nested is refused in any
 * case, and is like nothing.
 */
export function isSameConfirmation(one: unknown, other: unknown): boolean {
  if (one === undefined || other === undefined) return one === other
  if (!isJsonObject(one) || !isJsonObject(other)) return false
  const members = Object.keys(one)
  return members.length === Object.keys(other).length && members.every((name) => claimOf(one, name) === claimOf(other, name))
}
