const maxDepth = 10
const maxShown = 300

/** How a value differs from what is expected of it, in words; an empty list when it does not. Members that are not expected do not count. */
export function findDifferences(actual: unknown, expected: unknown, path = '', depth = 0): readonly string[] {
  if (matchesItself(expected)) return expected.asymmetricMatch(actual) ? [] : [differs(path, actual, expected)]
  if (expected instanceof RegExp)
    return typeof actual === 'string' && actual.search(expected) !== -1 ? [] : [differs(path, actual, expected)]
  if (typeof expected !== 'object' || expected === null) return Object.is(actual, expected) ? [] : [differs(path, actual, expected)]
  if (typeof actual !== 'object' || actual === null || depth === maxDepth) return [differs(path, actual, expected)]
  if (Array.isArray(expected) && (!Array.isArray(actual) || actual.length !== expected.length)) return [differs(path, actual, expected)]
  const members: Readonly<Record<string, unknown>> = { ...actual }
  return Object.entries(expected).flatMap(([name, value]) =>
    findDifferences(members[name], value, path === '' ? name : `${path}.${name}`, depth + 1),
  )
}

interface SelfMatching {
  asymmetricMatch(actual: unknown): boolean
  toString(): string
}

/** A matcher of Vitest or Jest, such as `expect.any(String)`. */
function matchesItself(value: unknown): value is SelfMatching {
  return typeof value === 'object' && value !== null && 'asymmetricMatch' in value && typeof value.asymmetricMatch === 'function'
}

function differs(path: string, actual: unknown, expected: unknown): string {
  return `${path} is ${show(actual)}, and not ${show(expected)}`
}

/** A value in a message. Events may hold anything, what cannot be written as JSON too. */
export function show(value: unknown): string {
  const readable = (_: string, part: unknown): unknown =>
    part instanceof RegExp || matchesItself(part) || typeof part === 'bigint' || typeof part === 'function' ? String(part) : part
  try {
    return (JSON.stringify(value, readable) ?? String(value)).slice(0, maxShown)
  } catch {
    return 'an object'
  }
}
