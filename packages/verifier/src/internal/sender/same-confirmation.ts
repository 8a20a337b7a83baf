import { isJsonObject } from '@bailiwick/protocol'
import { claimOf } from '../checks/claims.js'

/**
 * Whether two `cnf` values require the same of a sender. Supported members are strings; nested ones, which are refused anyway,
 * equal nothing.
 */
export function isSameConfirmation(one: unknown, other: unknown): boolean {
  if (one === undefined || other === undefined) return one === other
  if (!isJsonObject(one) || !isJsonObject(other)) return false
  const members = Object.keys(one)
  return members.length === Object.keys(other).length && members.every((name) => claimOf(one, name) === claimOf(other, name))
}
