import { quantile } from '../quantile.js'
import { shuffled } from './shuffled.js'
import type { Subject, Timing } from './timed-round.js'

/** The number of rounds that are timed, and of those before them that are not. */
export interface Rounds {
  warmUp: number
  timed: number
}

/**
 * Times all subjects in each round, so that a busy machine affects all of them, and in another order each round, so that none always
 * follows the same one. The timings are in the order of the subjects.
 */
export async function interleaved(
  subjects: readonly Subject[],
  { warmUp, timed }: Rounds,
  timeRound: (subject: Subject) => Promise<Timing>,
): Promise<Timing[][]> {
  const timings: Timing[][] = subjects.map(() => [])
  for (let round = 0; round < warmUp + timed; round++) {
    for (const [n, subject] of shuffled([...subjects.entries()])) {
      const timing = await timeRound(subject)
      if (round >= warmUp) timings[n]?.push(timing)
    }
  }
  return timings
}

/** The time of the round that only a tenth of the rounds beat: one that little else on the machine disturbed. */
export function undisturbedMicros(timings: readonly Timing[]): number {
  return quantile(
    timings.map(({ wallMicros }) => wallMicros),
    0.1,
  )
}
