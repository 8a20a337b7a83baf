import type { Report } from '../report/report.js'
import type { Run } from '../run.js'
import type { Rounds } from '../timing/interleaved.js'
import { allContenders } from './all-contenders.js'
import { cachedTable, measureCached } from './measure-cached.js'
import { measureUncached, type Uncached, uncachedTables } from './measure-uncached.js'
import type { Samples } from './samples.js'
import { signTokens } from './signed-tokens.js'

const algorithms = ['RS256', 'PS256', 'ES256', 'EdDSA']
const room = 20_000

/** How long one verification takes, keys at hand: from scratch, and with the verdict kept. */
export async function measureVerify({ progress, quick }: Run): Promise<Report> {
  const rounds: Rounds = quick ? { warmUp: 1, timed: 2 } : { warmUp: 10, timed: 101 }
  const count = quick ? 100 : 10_000
  const uncached: Uncached[] = []
  const cachedOne: Samples[] = []
  const cachedMany: Samples[] = []
  for (const alg of algorithms) {
    progress(`${alg}: signing ${count} tokens`)
    const signed = await signTokens(alg, count)
    progress(`${alg}: not cached`)
    uncached.push(await measureUncached(signed, rounds))
    progress(`${alg}: cached`)
    cachedOne.push(...(await measureCached({ ...signed, tokens: signed.tokens.slice(0, 1) }, room, rounds)))
    cachedMany.push(...(await measureCached(signed, room, rounds)))
  }
  const distinct = count.toLocaleString('en')
  return {
    title: 'One verification, keys at hand',
    notes: [
      `${rounds.timed} rounds of each contender in turn, in another order each time. In µs.`,
      'Not cached: in brackets, how many times the limit. “Round by round” is the median of the ratios within a round, for those who are near each other. On a busy machine the processor time is the figure to trust; a verifier on the thread pool gains time from a core that is idle.',
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
