const maxCharacters = 60

/**
 * The name that was probably meant, if one of the known ones is close: the same but for case and separators, or a third of its
 * characters away at most. Long input is not compared.
 */
export function didYouMean(given: string, known: readonly string[]): string | undefined {
  if (given.length > maxCharacters) return undefined
  const wanted = plainName(given)
  let best: { readonly name: string; readonly distance: number } | undefined
  for (const name of known) {
    const distance = editDistance(wanted, plainName(name))
    if (distance <= Math.max(1, Math.floor(name.length / 3)) && (best === undefined || distance < best.distance)) best = { name, distance }
  }
  return best?.name
}

/** A name without case and separators. Of a long one, the beginning. */
export function plainName(name: string): string {
  return name
    .slice(0, maxCharacters)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '')
}

/** How many characters have to be put in, taken out or replaced to make one text of the other. */
function editDistance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index)
  for (let i = 1; i <= left.length; i++) {
    const next = [i]
    for (let j = 1; j <= right.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (left[i - 1] === right[j - 1] ? 0 : 1)
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[right.length] ?? 0
}
