import { median, medianInterval } from '../quantile.js'
import type { Timing } from '../timing/timed-round.js'

/** The rounds of one contender with one algorithm. */
export interface Samples {
  contender: string
  alg: string
  timings: readonly Timing[]
}

/** The figure of a contender for an algorithm; `undefined` if it does not support that. */
export type FigureOf = (contender: string, alg: string) => number | undefined

/** Reduces the rounds of each contender to one figure. */
export function figuresFrom(samples: readonly Samples[], pick: (timings: readonly Timing[]) => number): FigureOf {
  return (contender, alg) => {
    const own = samples.find((each) => each.contender === contender && each.alg === alg)
    return own === undefined ? undefined : pick(own.timings)
  }
}

/** One figure divided by another, for each algorithm; empty where one of the two is missing. */
export function ratioRow(
  name: string,
  algorithms: readonly string[],
  dividend: (alg: string) => number | undefined,
  divisor: (alg: string) => number | undefined,
): string[] {
  const cells = algorithms.map((alg) => {
    const [above, below] = [dividend(alg), divisor(alg)]
    return above === undefined || below === undefined ? '' : (above / below).toFixed(2)
  })
  return [name, ...cells]
}

/** The median ratio of two contenders' times within a round, with its 95 % confidence interval; empty where one of them is missing. */
export function pairedRatioRow(
  name: string,
  algorithms: readonly string[],
  samples: readonly Samples[],
  [one, other]: [string, string],
): string[] {
  const timingsOf = (contender: string, alg: string) => samples.find((each) => each.contender === contender && each.alg === alg)?.timings
  const cells = algorithms.map((alg) => {
    const [above, below] = [timingsOf(one, alg), timingsOf(other, alg)]
    if (above === undefined || below === undefined) return ''
    const ratios = above.map(({ wallMicros }, round) => wallMicros / (below[round]?.wallMicros ?? Number.NaN))
    const interval = medianInterval(ratios).map((ratio) => ratio.toFixed(3))
    return `${median(ratios).toFixed(3)} (${interval.join(' to ')})`
  })
  return [name, ...cells]
}
