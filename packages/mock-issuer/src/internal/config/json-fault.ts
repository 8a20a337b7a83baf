/** Where a text stops being JSON, and what is wrong there. */
export interface JsonFault {
  /** How many UTF-16 units of the text are fine. */
  readonly offset: number
  readonly message: string
}

type Awaited = 'value' | 'value or ]' | 'name' | 'name or }' | ':' | ', or ]' | ', or }' | 'end'

const space = /[ \t\n\r]*/y
// JSON forbids the control characters of ASCII alone, which end before the others begin.
const string = /"(?:[^"\\\p{Cc}]|[\u007f-\u009f]|\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4}))*"/uy
const scalar = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|(?:true|false|null)(?!\w)/y

/**
 * Finds where a text stops being JSON; `undefined` if it is JSON. For the author of a file, since not every engine says in its own error
 * where it was, and none what was probably meant.
 */
export function findJsonFault(text: string): JsonFault | undefined {
  const nesting: ('{' | '[')[] = []
  let awaited = 'value' as Awaited
  let offset = 0

  const match = (token: RegExp): boolean => {
    token.lastIndex = offset
    const found = token.exec(text)
    offset += found?.[0].length ?? 0
    return found !== null
  }
  const after = (): Awaited => (nesting.length === 0 ? 'end' : nesting.at(-1) === '{' ? ', or }' : ', or ]')
  const isClosedBy = (character: string): boolean =>
    (character === '}' && (awaited === 'name or }' || awaited === ', or }')) ||
    (character === ']' && (awaited === 'value or ]' || awaited === ', or ]'))

  function step(): boolean {
    const character = text.charAt(offset)
    if (isClosedBy(character)) {
      offset += 1
      nesting.pop()
      awaited = after()
    } else if (awaited === ':' || awaited === ', or }' || awaited === ', or ]') {
      if (character !== awaited.charAt(0)) return false
      offset += 1
      awaited = awaited === ', or }' ? 'name' : 'value'
    } else if (awaited === 'name' || awaited === 'name or }') {
      if (!match(string)) return false
      awaited = ':'
    } else if (character === '{' || character === '[') {
      offset += 1
      nesting.push(character)
      awaited = character === '{' ? 'name or }' : 'value or ]'
    } else {
      if (!match(character === '"' ? string : scalar)) return false
      awaited = after()
    }
    return true
  }

  for (;;) {
    match(space)
    if (awaited === 'end') return offset === text.length ? undefined : { offset, message: 'nothing may follow the end of the value' }
    if (!step()) return { offset, message: describe(text, offset, awaited) }
  }
}

const expectations: Readonly<Record<Awaited, string>> = {
  value: 'a value must stand here',
  'value or ]': 'a value or "]" must stand here',
  name: 'a name in double quotes must stand here',
  'name or }': 'a name in double quotes or "}" must stand here',
  ':': '":" must stand here',
  ', or ]': '"," or "]" must stand here',
  ', or }': '"," or "}" must stand here',
  end: 'nothing may follow here',
}

function describe(text: string, offset: number, awaited: Awaited): string {
  const expected = expectations[awaited]
  const rest = text.slice(offset, offset + 2)
  if (rest === '') return `${expected}, but the file ends`
  if (rest === '//' || rest === '/*') return `${expected}; JSON has no comments`
  if (rest.startsWith("'")) return `${expected}; JSON has double quotes alone`
  if (rest.startsWith('"') && !awaited.startsWith(',') && awaited !== ':')
    return 'this text does not end on its line, or has an escape that JSON does not know'
  if (/^[}\]]/.test(rest) && (awaited === 'name' || awaited === 'value') && /,\s*$/.test(text.slice(Math.max(0, offset - 1_000), offset)))
    return `${expected}; JSON has no comma after the last`
  return expected
}
