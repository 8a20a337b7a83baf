/** The median; of an even number of values, the upper of the two in the middle. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

/** The value below which this share of the values lies: 0.1 for the lowest tenth. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

/**
 * A 95 % confidence interval of the median, without assumptions about the distribution: how many of n values lie below the true median
 * is binomial, B(n, ½), here approximated by a normal distribution.
 */
export function medianInterval(values: readonly number[]): readonly [low: number, high: number] {
  const strays = 1.96 / (2 * Math.sqrt(values.length))
  return [quantile(values, Math.max(0, 0.5 - strays)), quantile(values, Math.min(1, 0.5 + strays))]
}
