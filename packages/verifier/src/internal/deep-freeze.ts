/** Freezes parsed JSON deeply. The parser bounds the depth. */
export function deepFreeze<T extends object>(value: T): T {
  // Parsed JSON has own members only. This runs for every token, and `Object.values` would allocate a list.
  for (const name in value) {
    const member: unknown = value[name]
    if (typeof member === 'object' && member !== null && Object.hasOwn(value, name)) deepFreeze(member)
  }
  return Object.freeze(value)
}
