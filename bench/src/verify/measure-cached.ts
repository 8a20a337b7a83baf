import type { Table } from '../report/table.js'
import { interleaved, type Rounds, undisturbedMicros } from '../timing/interleaved.js'
import { timeInTurn } from '../timing/timed-round.js'
import { freshlyRead } from '../timing/token-source.js'
import { allContenders } from './all-contenders.js'
import { figuresFrom, ratioRow, type Samples } from './samples.js'
import type { SignedTokens } from './signed-tokens.js'
import { assertVerifies } from './trial.js'

/** Part of every figure of a cached verification. A server has made the string anyway. */
const makingTheString = 'making the string, no verification'

/** Measures verifications of tokens that are all in the cache, with one algorithm. */
export async function measureCached({ input, tokens }: SignedTokens, room: number, rounds: Rounds): Promise<Samples[]> {
  const { alg } = input
  const entrants = [{ name: makingTheString, verify: (token: string): unknown => token }]
  for (const { name, cached } of allContenders) {
    if (cached === undefined) continue
    const verify = await cached.create(input, room)
    for (const token of tokens) await verify(token)
    // After the cache is filled, so that the tampered token resembles one with a cached verdict.
    await assertVerifies(`${name} (${alg}), cached`, verify, tokens[0] ?? '')
    entrants.push({ name, verify })
  }
  const subjects = entrants.map(({ verify }) => ({ verify, next: freshlyRead(tokens) }))
  const timings = await interleaved(subjects, rounds, timeInTurn)
  return entrants.map(({ name }, n) => ({ contender: name, alg, timings: timings[n] ?? [] }))
}

export function cachedTable(samples: readonly Samples[], algorithms: readonly string[]): Table {
  const figureOf = figuresFrom(samples, undisturbedMicros)
  const names = [makingTheString, ...allContenders.filter(({ cached }) => cached !== undefined).map(({ name }) => name)]
  const without = (name: string) => (alg: string) => (figureOf(name, alg) ?? Number.NaN) - (figureOf(makingTheString, alg) ?? Number.NaN)
  return {
    head: ['', ...algorithms],
    rows: [
      ...names.map((name) => [name, ...algorithms.map((alg) => figureOf(name, alg)?.toFixed(2) ?? '')]),
      ratioRow(
        'fast-jwt ÷ Bailiwick',
        algorithms,
        (alg) => figureOf('fast-jwt', alg),
        (alg) => figureOf('Bailiwick', alg),
      ),
      ratioRow('… without making the string', algorithms, without('fast-jwt'), without('Bailiwick')),
    ],
  }
}
