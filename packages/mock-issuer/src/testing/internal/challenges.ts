/** One challenge of `WWW-Authenticate`. */
export interface Challenge {
  /** In lower case. */
  readonly scheme: string
  /** By lower-case name. */
  readonly params: ReadonlyMap<string, string>
}

/** The challenges of a field, or what is wrong with it. */
export type ParsedChallenges = { readonly challenges: readonly Challenge[] } | { readonly fault: string }

const maxCharacters = 16_384
const token = "[!#$%&'*+\\-.^_`|~0-9A-Za-z]+"
const quoted = '"(?:[\\t !#-\\[\\]-~\\u0080-\\u00ff]|\\\\[\\t -~\\u0080-\\u00ff])*"'
const separators = /[ \t,]*/y
const scheme = new RegExp(token, 'y')
const spaces = / +/y
const elementEnd = /[ \t]*(?:,|$)/y
const token68 = /[A-Za-z0-9\-._~+/]+=*(?=[ \t]*(?:,|$))/y
const parameter = new RegExp(`(${token})[ \\t]*=[ \\t]*(${token}|${quoted})`, 'y')

/**
 * Reads a `WWW-Authenticate` field to the letter. It is there to find faults, so it stops at the first: a client that is lenient
 * would see less than it was sent.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1 RFC 9110 §11.6.1}
 */
export function parseChallenges(field: string): ParsedChallenges {
  if (field.length > maxCharacters) return { fault: `it is longer than ${maxCharacters} characters` }
  const reader = createReader(field)
  const challenges: Challenge[] = []
  reader.take(separators)
  while (!reader.atEnd()) {
    const name = reader.take(scheme)?.[0]
    if (name === undefined) return reader.fault('a scheme')
    const params = new Map<string, string>()
    challenges.push({ scheme: name.toLowerCase(), params })
    const contentsMayFollow = reader.take(spaces) !== undefined
    if (contentsMayFollow && reader.take(token68) === undefined) {
      const problem = readParameters(reader, params)
      if (problem !== undefined) return problem
    }
    if (!reader.endsElement()) return reader.fault('a comma')
    reader.take(separators)
  }
  return challenges.length === 0 ? { fault: 'it holds no challenge' } : { challenges }
}

type Reader = ReturnType<typeof createReader>

/** Parameters, until an element of the list is none and so must be the next challenge. */
function readParameters(reader: Reader, params: Map<string, string>): { fault: string } | undefined {
  for (let found = reader.take(parameter); found !== undefined; found = reader.nextElement(parameter)) {
    const [, name = '', value = ''] = found
    const key = name.toLowerCase()
    if (params.has(key)) return { fault: `the parameter "${key}" is there twice (RFC 9110 §11.2)` }
    params.set(key, value.startsWith('"') ? value.slice(1, -1).replaceAll(/\\(.)/gs, '$1') : value)
  }
  return params.size === 0 && !reader.endsElement() ? reader.fault('a parameter') : undefined
}

function createReader(field: string) {
  let at = 0

  function match(pattern: RegExp, from: number): RegExpExecArray | undefined {
    pattern.lastIndex = from
    return pattern.exec(field) ?? undefined
  }

  function take(pattern: RegExp): RegExpExecArray | undefined {
    const found = match(pattern, at)
    if (found !== undefined) at += found[0].length
    return found
  }

  return {
    take,
    atEnd: () => at === field.length,
    endsElement: () => match(elementEnd, at) !== undefined,
    /** What the pattern finds in the next element of the list; if it does not, nothing was read. */
    nextElement(pattern: RegExp): RegExpExecArray | undefined {
      const before = at
      if (match(elementEnd, at) === undefined) return undefined
      take(separators)
      const found = take(pattern)
      if (found === undefined) at = before
      return found
    },
    fault: (expected: string) => ({ fault: `at character ${at + 1} there should be ${expected}` }),
  }
}
