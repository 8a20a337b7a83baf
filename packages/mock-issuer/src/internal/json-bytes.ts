/** About how much memory a value takes, in bytes: the length of its JSON. What cannot be written as JSON counts as nothing. */
export function jsonBytes(value: unknown): number {
  try {
    return JSON.stringify([value]).length
  } catch {
    return 0
  }
}
