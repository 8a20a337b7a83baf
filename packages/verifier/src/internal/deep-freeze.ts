/** Freezes parsed JSON, all of it. The depth is bounded by the parser. */
export function deepFreeze<T extends object>(value: T): T {
  // Parsed JSON has nothing but own members; this is on the way of every token, and `Object.values` makes a list.
  for (const name in value) {
    const member: unknown = value[name]
    if (typeof member === 'object' && member !== null && Object.hasOwn(value, name)) deepFreeze(member)
  }
  return Object.freeze(value)
}
