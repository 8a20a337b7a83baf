import { quantile } from '../quantile.js'
import { shuffled } from './shuffled.js'
import type { Subject, Timing } from './timed-round.js'

/** How many rounds are timed, after how many that are not. */
export interface Rounds {
  warmUp: number
  timed: number
}

/**
 * Rounds of all subjects in turn, so that a busy machine is busy for each of them, and in another order each time, so that none has
 * always the same one before it. The timings come in the order of the subjects.
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

/** The time of the round that a tenth of them beat, so one that little else disturbed. */
export function undisturbedMicros(timings: readonly Timing[]): number {
  return quantile(
    timings.map(({ wallMicros }) => wallMicros),
    0.1,
  )
}
