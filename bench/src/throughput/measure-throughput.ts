import type { Api } from '../apis/api.js'
import { median } from '../quantile.js'
import type { Report } from '../report/report.js'
import { shuffled } from '../timing/shuffled.js'
import type { Run } from '../run.js'
import { type Child, startChild } from '../servers/start-child.js'
import { allRoutes, contests } from './contestants.js'
import { connections, load, type LoadResult } from './load.js'

const algorithms = ['ES256', 'RS256']
const anyAlgorithm = 'any'
const turnSeconds = 1
/** For each kind of token. The compiler needs some ten thousand requests to be done with what Express does. */
const fullWarmUpSeconds = 3

/** A route and, in each round right before or after it, the bare one, under the same token. */
interface Pair {
  bare: Api
  api: Api
  alg: string
  turns: { bare: LoadResult; own: LoadResult }[]
}

/**
 * A protected route beside the bare one, all pairs in turn, and that several times. Two processes that run the same program differ by
 * more than what is measured here, by what their compilers happened to make of it: so each round has processes of its own.
 */
export async function measureThroughput({ progress, quick }: Run): Promise<Report> {
  const rounds = quick ? 1 : 5
  const pairs: Pair[] = contests.flatMap(({ bare, noOp, protectedApis }) => [
    ...(noOp ? [{ bare, api: noOp, alg: anyAlgorithm, turns: [] }] : []),
    ...protectedApis.flatMap((api) => algorithms.map((alg) => ({ bare, api, alg, turns: [] }))),
  ])
  const issuer = await startChild({ kind: 'issuer', algorithms })
  try {
    for (let round = 1; round <= rounds; round++) {
      progress(`round ${round} of ${rounds}`)
      await runRound(pairs, { issuer, warmUpSeconds: quick ? 1 : fullWarmUpSeconds })
    }
  } finally {
    issuer.stop()
  }
  return report(pairs, rounds)
}

async function runRound(pairs: readonly Pair[], { issuer, warmUpSeconds }: { issuer: Child; warmUpSeconds: number }): Promise<void> {
  const servers = new Map<Api, Child>()
  const run = (api: Api, alg: string, seconds = turnSeconds): Promise<LoadResult> => {
    const server = servers.get(api)
    if (server === undefined) throw new Error(`${api.name} was not started`)
    return load(server, issuer.tokens[alg === anyAlgorithm ? 'ES256' : alg] ?? '', seconds)
  }
  try {
    for (const api of new Set(pairs.flatMap(({ bare, api: own }) => [bare, own]))) {
      servers.set(api, await startChild({ kind: 'api', name: api.name, issuer: issuer.url, jwksUri: `${issuer.url}/jwks` }))
      for (const alg of algorithms) await run(api, alg, warmUpSeconds)
    }
    for (const { bare, api, alg, turns } of shuffled(pairs)) {
      const isBareFirst = Math.random() < 0.5
      const first = await run(isBareFirst ? bare : api, alg)
      const second = await run(isBareFirst ? api : bare, alg)
      turns.push(isBareFirst ? { bare: first, own: second } : { bare: second, own: first })
    }
  } finally {
    for (const server of servers.values()) server.stop()
  }
}

function report(pairs: readonly Pair[], rounds: number): Report {
  return {
    title: 'A protected route beside the bare one, caches warm, one token',
    notes: [
      `GET /orders, ${connections} connections with keep-alive, each server in a process of its own.`,
      "Keys are at hand, and the token is the same in every request. Bailiwick keeps its verdict on it, which is the default, and confirms that each time; the others verify it anew, having no such cache or none by default, and hono jwk fetches the keys too. With tokens that come once only, add what `verify` shows for Bailiwick's verification without a cache.",
      `Medians of ${rounds} rounds, each with processes of its own that have been warmed up; in each, ${turnSeconds} s for the bare route and ${turnSeconds} s for the protected one, in either order: the shares are of such pairs.`,
      'Load, server and issuer compete for the same cores, so a share moves with what else the machine does; processor time moves less.',
      ...allRoutes.filter(({ options }) => options !== 'none').map(({ name, options }) => `${name}: \`${options}\``),
    ],
    packages: allRoutes.flatMap(({ packages }) => packages),
    tables: contests.map(({ bare }) =>
      tabulate(
        bare.name,
        pairs.filter((pair) => pair.bare === bare),
      ),
    ),
    samples: pairs.map(({ bare, api, alg, turns }) => ({ bare: bare.name, api: api.name, alg, turns })),
  }
}

function tabulate(bare: string, pairs: readonly Pair[]): Report['tables'][number] {
  const head = ['', 'token', 'requests/s', `of ${bare}`, 'processor time a request', `more than ${bare}`]
  const bareTurns = pairs.flatMap(({ turns }) => turns.map((turn) => turn.bare))
  const bareRow = [bare, '', perSecond(bareTurns), '100 %', micros(bareTurns.map(({ cpuMicros }) => cpuMicros)), '']
  const rows = pairs.map(({ api, alg, turns }) => [
    api.name,
    alg,
    perSecond(turns.map(({ own }) => own)),
    `${(median(turns.map((turn) => turn.own.requestsPerSecond / turn.bare.requestsPerSecond)) * 100).toFixed(0)} %`,
    micros(turns.map(({ own }) => own.cpuMicros)),
    micros(turns.map((turn) => turn.own.cpuMicros - turn.bare.cpuMicros)),
  ])
  return { title: bare.replace('bare ', 'On '), table: { head, rows: [bareRow, ...rows] } }
}

function perSecond(results: readonly LoadResult[]): string {
  return Math.round(median(results.map(({ requestsPerSecond }) => requestsPerSecond))).toLocaleString('en')
}

function micros(values: readonly number[]): string {
  return `${median(values).toFixed(0)} µs`
}
