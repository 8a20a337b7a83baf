import { setTimeout as sleep } from 'node:timers/promises'

/** Starts `count` pieces of work, one every `everyMs`, without waiting for the previous one. Resolves when all are done. */
export async function paced<Result>(count: number, everyMs: number, work: (n: number) => Promise<Result>): Promise<Result[]> {
  const started = performance.now()
  const results: Promise<Result>[] = []
  for (let n = 0; n < count; n++) {
    await sleep(Math.max(0, started + n * everyMs - performance.now()))
    results.push(work(n))
  }
  return Promise.all(results)
}
