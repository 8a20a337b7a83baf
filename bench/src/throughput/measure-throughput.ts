import type { Api } from '../apis/api.js'
import { median } from '../quantile.js'
import type { Report } from '../report/report.js'
import type { Run } from '../run.js'
import { type Child, startChild } from '../servers/start-child.js'
import { allRoutes, contests } from './contestants.js'
import { connections, load, type LoadResult } from './load.js'

const algorithms = ['ES256', 'RS256']
const anyAlgorithm = 'any'
const turnSeconds = 1

/** A route and, in each round right before it, the bare one, under the same token. */
interface Pair {
  bare: Api
  api: Api
  alg: string
  turns: { bare: LoadResult; own: LoadResult }[]
}

/** A protected route beside the bare one, all pairs in turn, and that several times. */
export async function measureThroughput({ progress, quick }: Run): Promise<Report> {
  const rounds = quick ? 1 : 6
  const pairs: Pair[] = contests.flatMap(({ bare, noOp, protectedApis }) => [
    ...(noOp ? [{ bare, api: noOp, alg: anyAlgorithm, turns: [] }] : []),
    ...protectedApis.flatMap((api) => algorithms.map((alg) => ({ bare, api, alg, turns: [] }))),
  ])
  const issuer = await startChild({ kind: 'issuer', algorithms })
  const servers = new Map<Api, Child>()
  try {
    for (const api of new Set(pairs.flatMap(({ bare, api: own }) => [bare, own]))) {
      servers.set(api, await startChild({ kind: 'api', name: api.name, issuer: issuer.url, jwksUri: `${issuer.url}/jwks` }))
    }
    for (let round = quick ? 1 : 0; round <= rounds; round++) {
      progress(round === 0 ? 'warm-up' : `round ${round} of ${rounds}`)
      for (const { bare, api, alg, turns } of pairs) {
        const turn = { bare: await run(bare, alg), own: await run(api, alg) }
        if (round > 0) turns.push(turn)
      }
    }
  } finally {
    for (const child of [issuer, ...servers.values()]) child.stop()
  }
  return report(pairs, rounds)

  async function run(api: Api, alg: string): Promise<LoadResult> {
    const server = servers.get(api)
    if (server === undefined) throw new Error(`${api.name} was not started`)
    return load(server, issuer.tokens[alg === anyAlgorithm ? 'ES256' : alg] ?? '', turnSeconds)
  }
}

function report(pairs: readonly Pair[], rounds: number): Report {
  return {
    title: 'A protected route beside the bare one, caches warm, one token',
    notes: [
      `GET /orders, ${connections} connections with keep-alive, each server in a process of its own.`,
      "Keys are at hand, and the token is the same in every request. Bailiwick keeps its verdict on it, which is the default, and confirms that each time; the others verify it anew, having no such cache or none by default, and hono jwk fetches the keys too. With tokens that come once only, add what `verify` shows for Bailiwick's verification without a cache.",
      `Medians of ${rounds} rounds; in each, ${turnSeconds} s for the bare route and then ${turnSeconds} s for the protected one: the shares are of such pairs.`,
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
