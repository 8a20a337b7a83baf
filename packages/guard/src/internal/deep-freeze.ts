import type { Immutable } from '../immutable.js'

/**
 * Freezes plain objects and arrays all the way down, and leaves instances of classes alone: they may be shared, and a frozen
 * date or map can still be changed. What is frozen already is descended into too, since it may have been frozen at its
 * surface only.
 */
export function deepFreeze<T>(value: T): Immutable<T> {
  const seen = new Set<object>()
  const pending: unknown[] = [value]
  while (pending.length > 0) {
    const next = pending.pop()
    if (!isPlain(next) || seen.has(next)) continue
    seen.add(next)
    Object.freeze(next)
    for (const member of Object.values(next)) pending.push(member)
  }
  return value as Immutable<T>
}

function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false
  if (Array.isArray(value)) return true
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
