import { startProcess } from '../child-process.js'
import type { Rounds } from '../timing/interleaved.js'
import type { Uncached } from './measure-uncached.js'
import type { Samples } from './samples.js'

/** What to measure for one algorithm. */
export interface AlgorithmTask {
  alg: string
  /** The number of distinct tokens. */
  count: number
  /** The number of verdicts that each cache has room for. */
  room: number
  rounds: Rounds
}

/** The measurements of one algorithm. */
export interface AlgorithmFigures {
  uncached: Uncached
  cachedOne: Samples[]
  cachedMany: Samples[]
}

/**
 * Measures one algorithm in a process of its own, as for an issuer that signs with only one. The compiled code of a verifier that has
 * seen four algorithms is slower, for some verifiers more than for others.
 */
export async function measureAlgorithm(task: AlgorithmTask): Promise<AlgorithmFigures> {
  const child = startProcess({ module: new URL('algorithm-process.ts', import.meta.url), name: `measuring ${task.alg}` })
  try {
    return (await child.ask(task)) as AlgorithmFigures
  } finally {
    child.stop()
  }
}
