import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Rounds } from '../timing/interleaved.js'
import type { Uncached } from './measure-uncached.js'
import type { Samples } from './samples.js'

/** What is to be measured of one algorithm. */
export interface AlgorithmTask {
  alg: string
  /** How many distinct tokens. */
  count: number
  /** How many verdicts fit into each cache. */
  room: number
  rounds: Rounds
}

/** What was measured of it. */
export interface AlgorithmFigures {
  uncached: Uncached
  cachedOne: Samples[]
  cachedMany: Samples[]
}

/**
 * Measures one algorithm in a process of its own, as of an issuer that signs with one: what the compiler makes of a verifier that has seen
 * four algorithms is slower, for some verifiers more than for others.
 */
export async function measureAlgorithm(task: AlgorithmTask): Promise<AlgorithmFigures> {
  const child = fork(fileURLToPath(new URL('algorithm-process.ts', import.meta.url)))
  try {
    const figures = once(child, 'message').then(([first]: unknown[]) => first as AlgorithmFigures)
    const failed = once(child, 'exit').then(([code]: unknown[]) => {
      throw new Error(`measuring ${task.alg} ended with ${String(code)} before its time`)
    })
    failed.catch(() => {}) // the one who waits is told
    child.send(task)
    return await Promise.race([figures, failed])
  } finally {
    child.kill()
  }
}
