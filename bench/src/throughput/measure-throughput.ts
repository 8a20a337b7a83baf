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
/** For each kind of token. It takes some ten thousand requests until the code of Express is fully compiled. */
const fullWarmUpSeconds = 3

/** A route under one kind of token, and its result in each lap. */
interface Entry {
  api: Api
  alg: string
  laps: LoadResult[]
}

/** The routes of one framework: the bare one, and those that are compared with it. */
interface Heat {
  bare: Entry
  others: Entry[]
}

/**
 * Measures the bare and the protected routes of a framework, each once a lap, in another order each lap. All have the same number of
 * turns and the same warm-up, since a server gets faster as it runs. Two processes that run the same program can differ by more than what
 * is measured here, because of what their compilers made of it: so each round has new processes.
 */
export async function measureThroughput({ progress, quick }: Run): Promise<Report> {
  const rounds = quick ? 1 : 5
  const plan: Plan = { laps: quick ? 1 : 3, warmUpSeconds: quick ? 1 : fullWarmUpSeconds }
  const heats = contests.map(({ bare, noOp, protectedApis }): Heat => {
    const enter = (api: Api, alg: string): Entry => ({ api, alg, laps: [] })
    const protectedRoutes = protectedApis.flatMap((api) => algorithms.map((alg) => enter(api, alg)))
    return { bare: enter(bare, anyAlgorithm), others: [...(noOp ? [enter(noOp, anyAlgorithm)] : []), ...protectedRoutes] }
  })
  const issuer = await startChild({ kind: 'issuer', algorithms })
  try {
    for (let round = 1; round <= rounds; round++) {
      for (const heat of heats) {
        progress(`round ${round} of ${rounds}: ${heat.bare.api.name}`)
        await runRound([heat.bare, ...heat.others], issuer, plan)
      }
    }
  } finally {
    issuer.stop()
  }
  return report(heats, rounds, plan.laps)
}

interface Plan {
  laps: number
  warmUpSeconds: number
}

async function runRound(entries: readonly Entry[], issuer: Child, { laps, warmUpSeconds }: Plan): Promise<void> {
  const servers = new Map<Api, Child>()
  const run = (api: Api, alg: string, seconds: number): Promise<LoadResult> => {
    const server = servers.get(api)
    if (server === undefined) throw new Error(`${api.name} was not started`)
    return load(server, issuer.tokens[alg === anyAlgorithm ? 'ES256' : alg] ?? '', seconds)
  }
  try {
    for (const api of new Set(entries.map((entry) => entry.api))) {
      servers.set(api, await startChild({ kind: 'api', name: api.name, issuer: issuer.url, jwksUri: `${issuer.url}/jwks` }))
      for (const alg of algorithms) await run(api, alg, warmUpSeconds)
    }
    for (let lap = 0; lap < laps; lap++) {
      for (const entry of shuffled(entries)) entry.laps.push(await run(entry.api, entry.alg, turnSeconds))
    }
  } finally {
    for (const server of servers.values()) server.stop()
  }
}

function report(heats: readonly Heat[], rounds: number, lapsOfRound: number): Report {
  return {
    title: 'A protected route beside the bare one, caches warm, one token',
    notes: [
      `GET /orders, ${connections} connections with keep-alive, each server in a process of its own.`,
      "Keys are at hand, and the token is the same in every request. Bailiwick keeps its verdict on it, which is the default, and confirms that each time; the others verify it anew, having no such cache or none by default, and hono jwk fetches the keys too. With tokens that come once only, add what `verify` shows for Bailiwick's verification without a cache.",
      `Medians of ${rounds * lapsOfRound} laps, ${turnSeconds} s for each route in each, in another order each time; in ${rounds} rounds, each with new processes, warmed up. The shares are within a lap.`,
      'Load, server and issuer compete for the same cores, so a share moves with what else the machine does; processor time moves less.',
      ...allRoutes.filter(({ options }) => options !== 'none').map(({ name, options }) => `${name}: \`${options}\``),
    ],
    packages: allRoutes.flatMap(({ packages }) => packages),
    tables: heats.map(tabulate),
    samples: heats.flatMap(({ bare, others }) => [bare, ...others].map(({ api, alg, laps: each }) => ({ api: api.name, alg, laps: each }))),
  }
}

function tabulate({ bare, others }: Heat): Report['tables'][number] {
  const { name } = bare.api
  const head = ['', 'token', 'requests/s', `of ${name}`, 'processor time a request', 'that is, times', `more than ${name}`]
  const bareRow = [name, '', perSecond(bare.laps), '100 %', micros(bare.laps.map(({ cpuMicros }) => cpuMicros)), '1.00', '']
  const rows = others.map(({ api, alg, laps }) => {
    const withBare = (figure: (own: LoadResult, beside: LoadResult) => number) =>
      median(laps.flatMap((own, lap) => (bare.laps[lap] === undefined ? [] : [figure(own, bare.laps[lap])])))
    return [
      api.name,
      alg,
      perSecond(laps),
      `${(withBare((own, beside) => own.requestsPerSecond / beside.requestsPerSecond) * 100).toFixed(0)} %`,
      micros(laps.map(({ cpuMicros }) => cpuMicros)),
      withBare((own, beside) => own.cpuMicros / beside.cpuMicros).toFixed(2),
      `${withBare((own, beside) => own.cpuMicros - beside.cpuMicros).toFixed(0)} µs`,
    ]
  })
  return { title: name.replace('bare ', 'On '), table: { head, rows: [bareRow, ...rows] } }
}

function perSecond(results: readonly LoadResult[]): string {
  return Math.round(median(results.map(({ requestsPerSecond }) => requestsPerSecond))).toLocaleString('en')
}

function micros(values: readonly number[]): string {
  return `${median(values).toFixed(0)} µs`
}
