import { ConfigurationError } from '@bailiwick/protocol'

/**
 * Refuses an option that would be ignored: whoever wrote it believes that it does something.
 *
 * @throws {ConfigurationError} naming the nearest option, or all if none is near
 */
export function requireKnownOptions(place: string, options: object, known: readonly string[]): void {
  const unknownName = Object.keys(options).find((name) => !known.includes(name))
  if (unknownName === undefined) return
  const near = nearestName(unknownName, known)
  const fix = near === undefined ? `write one of ${known.join(', ')}.` : `did you mean ${near}?`
  throw new ConfigurationError(`${place}there is no option ${JSON.stringify(unknownName)}: ${fix}`)
}

/** The known name with the fewest edits, regardless of case, of which a third of the letters may be wrong. */
function nearestName(name: string, known: readonly string[]): string | undefined {
  const distances = known.map((candidate) => ({ candidate, edits: editDistance(name.toLowerCase(), candidate.toLowerCase()) }))
  const [nearest] = distances.toSorted((one, other) => one.edits - other.edits)
  return nearest !== undefined && nearest.edits <= nearest.candidate.length / 3 ? nearest.candidate : undefined
}

/** Levenshtein's: insertions, deletions and substitutions, row by row. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column)
  for (let index = 0; index < from.length; index++) {
    const next = [index + 1]
    for (let column = 0; column < to.length; column++) {
      const substituted = (row[column] ?? 0) + (from[index] === to[column] ? 0 : 1)
      next.push(Math.min(substituted, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1))
    }
    row = next
  }
  return row[to.length] ?? 0
}
