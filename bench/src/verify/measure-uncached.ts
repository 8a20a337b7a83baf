import { median } from '../quantile.js'
import type { Report } from '../report/report.js'
import type { Table } from '../report/table.js'
import { interleaved, type Rounds, undisturbedMicros } from '../timing/interleaved.js'
import { type Subject, timeInFlight, timeInTurn } from '../timing/timed-round.js'
import { reused } from '../timing/token-source.js'
import { allContenders } from './all-contenders.js'
import type { Verify } from './contender.js'
import { type FigureOf, figuresFrom, pairedRatioRow, ratioRow, type Samples } from './samples.js'
import type { SignedTokens } from './signed-tokens.js'
import { assertVerifies } from './trial.js'

/** The rounds of every contender, for each table. */
export interface Uncached {
  inTurn: Samples[]
  inFlight: Samples[]
  /** One after another, always with the same token. */
  sameToken: Samples[]
}

/** Measures verifications without a cache, with one algorithm. */
export async function measureUncached({ input, tokens }: SignedTokens, rounds: Rounds): Promise<Uncached> {
  const { alg } = input
  const [sample = ''] = tokens
  const entrants: { name: string; verify: Verify }[] = []
  for (const { name, algorithms, create } of allContenders) {
    if (!algorithms.includes(alg)) continue
    const verify = await create(input)
    await assertVerifies(`${name} (${alg})`, verify, sample)
    entrants.push({ name, verify })
  }
  const given = (some: readonly string[]): Subject[] => entrants.map(({ verify }) => ({ verify, next: reused(some) }))
  const inTurn = await interleaved(given(tokens), rounds, timeInTurn)
  const inFlight = await interleaved(given(tokens), rounds, timeInFlight)
  const sameToken = await interleaved(given([sample]), rounds, timeInTurn)
  const named = (timings: Awaited<typeof inTurn>) => entrants.map(({ name }, n) => ({ contender: name, alg, timings: timings[n] ?? [] }))
  return { inTurn: named(inTurn), inFlight: named(inFlight), sameToken: named(sameToken) }
}

export function uncachedTables(measured: readonly Uncached[], algorithms: readonly string[], distinct: string): Report['tables'] {
  const inTurn = measured.flatMap((each) => each.inTurn)
  const inFlight = measured.flatMap((each) => each.inFlight)
  const sameToken = measured.flatMap((each) => each.sameToken)
  return [
    {
      title: `Not cached, ${distinct} distinct tokens: processor time of all threads, 32 in flight, the median round`,
      table: tabulate(
        algorithms,
        figuresFrom(inFlight, (timings) => median(timings.map(({ cpuMicros }) => cpuMicros))),
      ),
    },
    {
      title: `Not cached, ${distinct} distinct tokens: time, 32 in flight, the round that a tenth of them beat`,
      table: tabulate(algorithms, figuresFrom(inFlight, undisturbedMicros)),
    },
    {
      title: `Not cached, ${distinct} distinct tokens: time, one after another, the round that a tenth of them beat`,
      table: withPairs(tabulate(algorithms, figuresFrom(inTurn, undisturbedMicros)), algorithms, inTurn),
    },
    {
      title: 'Not cached, one token: time, one after another, the round that a tenth of them beat',
      table: withPairs(tabulate(algorithms, figuresFrom(sameToken, undisturbedMicros)), algorithms, sameToken),
    },
  ]
}

function tabulate(algorithms: readonly string[], figureOf: FigureOf): Table {
  const limit = allContenders[0]?.name ?? ''
  const rows = allContenders.map(({ name }) => {
    const cells = algorithms.map((alg) => {
      const [own, least] = [figureOf(name, alg), figureOf(limit, alg)]
      return own === undefined || least === undefined ? 'not supported' : `${own.toFixed(1)} (${(own / least).toFixed(2)})`
    })
    return [name, ...cells]
  })
  const besides = ['fast-jwt', 'aws-jwt-verify'].map((peer) =>
    ratioRow(
      `Bailiwick ÷ ${peer}`,
      algorithms,
      (alg) => figureOf('Bailiwick', alg),
      (alg) => figureOf(peer, alg),
    ),
  )
  return { head: ['', ...algorithms], rows: [...rows, ...besides] }
}

/** Adds ratios within a round: the fastest verifiers are too close to each other to compare figures of different rounds. */
function withPairs({ head, rows }: Table, algorithms: readonly string[], samples: readonly Samples[]): Table {
  const pairs = ['fast-jwt', 'aws-jwt-verify'].map((peer) =>
    pairedRatioRow(`Bailiwick ÷ ${peer}, round by round`, algorithms, samples, ['Bailiwick', peer]),
  )
  return { head, rows: [...rows, ...pairs] }
}
