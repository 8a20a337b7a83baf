/** The middle value; of an even number of them, the upper of the two in the middle. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

/** The value that the given share of the others does not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

/**
 * Between which two of the values the middle of all that could have been measured lies, 19 times in 20: as far from the middle as the
 * number of heads strays in so many throws of a coin.
 */
export function medianInterval(values: readonly number[]): readonly [low: number, high: number] {
  const strays = 1.96 / (2 * Math.sqrt(values.length))
  return [quantile(values, Math.max(0, 0.5 - strays)), quantile(values, Math.min(1, 0.5 + strays))]
}
