/** The dialects that a client can choose by its `Accept` header. */
export type NegotiableDialect = 'json' | 'jwt' | 'phantom'

const dialectsOfType: Readonly<Record<string, NegotiableDialect>> = {
  'application/json': 'json',
  'application/token-introspection+jwt': 'jwt',
  'application/jwt': 'phantom',
  'application/*': 'json',
  '*/*': 'json',
}

/**
 * The dialects that an `Accept` header asks for, the most wanted first: by quality, then named types before ranges, then in the order of
 * the header. JSON if it asks for none of ours, since an answer can disregard the header and RFC 7662 knows nothing else.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1 RFC 9110 §12.5.1}
 */
export function acceptedDialects(accept: string | null): readonly NegotiableDialect[] {
  const wanted = (accept ?? '').split(',').flatMap(readEntry)
  const ordered = wanted.toSorted((one, other) => other.quality - one.quality || Number(one.isRange) - Number(other.isRange))
  const dialects = new Set(ordered.map(({ dialect }) => dialect))
  return dialects.size === 0 ? ['json'] : [...dialects]
}

interface AcceptEntry {
  readonly dialect: NegotiableDialect
  readonly isRange: boolean
  readonly quality: number
}

function readEntry(entry: string): AcceptEntry[] {
  const [range = '', ...parameters] = entry.split(';').map((part) => part.trim().toLowerCase())
  const dialect = Object.hasOwn(dialectsOfType, range) ? dialectsOfType[range] : undefined
  const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? '1'
  const quality = /^(0(\.\d{0,3})?|1(\.0{0,3})?)$/.test(weight) ? Number(weight) : 0
  return dialect === undefined || quality === 0 ? [] : [{ dialect, isRange: range.endsWith('*'), quality }]
}
