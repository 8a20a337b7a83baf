import type { Report } from '../report/report.js'
import type { Run } from '../run.js'
import type { Rounds } from '../timing/interleaved.js'
import { type AlgorithmFigures, measureAlgorithm } from './algorithm-figures.js'
import { allContenders } from './all-contenders.js'
import { cachedTable } from './measure-cached.js'
import { uncachedTables } from './measure-uncached.js'

const algorithms = ['RS256', 'PS256', 'ES256', 'EdDSA']
const room = 20_000

/** Measures one verification with keys at hand: without a cache, and with the verdict in the cache. */
export async function measureVerify({ progress, quick }: Run): Promise<Report> {
  const rounds: Rounds = quick ? { warmUp: 1, timed: 2 } : { warmUp: 10, timed: 301 }
  const count = quick ? 100 : 10_000
  const figures: AlgorithmFigures[] = []
  for (const alg of algorithms) {
    progress(`${alg}: ${count} tokens, not cached and cached`)
    figures.push(await measureAlgorithm({ alg, count, room, rounds }))
  }
  const uncached = figures.map((each) => each.uncached)
  const cachedOne = figures.flatMap((each) => each.cachedOne)
  const cachedMany = figures.flatMap((each) => each.cachedMany)
  const distinct = count.toLocaleString('en')
  return {
    title: 'One verification, keys at hand',
    notes: [
      `Each algorithm in a process of its own; ${rounds.timed} rounds of each contender in turn, in another order each time. In µs.`,
      'Not cached: in brackets, how many times the limit. “Round by round” is the median of the ratios within a round, for those who are near each other, with the interval in which it lies 19 times in 20. On a busy machine the processor time is the figure to trust; a verifier on the thread pool gains time from a core that is idle.',
      `Cached: every verdict is kept, with room for ${room.toLocaleString('en')} in each cache, and each call gets a string of its own, so that it has to be hashed as on a server. Making that string is in every figure, and in a row of its own to be subtracted.`,
      ...allContenders.map(({ name, call }) => `${name}: \`${call}\``),
      ...allContenders.flatMap(({ name, cached }) => (cached === undefined ? [] : [`${name}, cached: \`${cached.call}\``])),
    ],
    packages: allContenders.flatMap(({ packages }) => packages),
    tables: [
      ...uncachedTables(uncached, algorithms, distinct),
      {
        title: 'Cached, one token: time, one after another, the round that a tenth of them beat',
        table: cachedTable(cachedOne, algorithms),
      },
      {
        title: `Cached, ${distinct} distinct tokens: time, one after another, the round that a tenth of them beat`,
        table: cachedTable(cachedMany, algorithms),
      },
    ],
    samples: { uncached, cachedOne, cachedMany },
  }
}
