import type { Api } from '../apis/api.js'
import { bailiwickExpress } from '../apis/bailiwick-express.js'
import { bareExpress } from '../apis/bare.js'
import { expressJwt } from '../apis/express-jwt.js'
import { expressOauth2JwtBearer } from '../apis/express-oauth2-jwt-bearer.js'
import { median } from '../quantile.js'
import type { Report } from '../report/report.js'
import type { Run } from '../run.js'
import type { EventLoopDelay } from '../servers/messages.js'
import { type Child, startChild } from '../servers/start-child.js'
import { type BadTokens, badTokens } from './bad-tokens.js'
import { pacedLoad, type Statuses } from './paced-load.js'

const requestsPerSecond = 1000
const protectedApis = [bailiwickExpress, expressOauth2JwtBearer, expressJwt]

/** A server under load by one kind of token. */
interface Siege {
  api: Api
  tokens: BadTokens
  server: Child
  turns: Turn[]
}

interface Turn extends EventLoopDelay {
  /** Processor time of the server for one request, in microseconds. */
  cpuMicros: number
  statuses: [number | 'none', number][]
}

/** Measures how much invalid tokens delay everything else on the same event loop. */
export async function measureDelay({ progress, quick }: Run): Promise<Report> {
  const rounds = quick ? 1 : 5
  const turnSeconds = quick ? 0.5 : 2
  const issuer = await startChild({ kind: 'issuer', algorithms: ['ES256', 'RS256'] })
  const servers: Child[] = []
  try {
    const sieges: Siege[] = []
    const kinds = badTokens(issuer.tokens)
    for (const api of [bareExpress, ...protectedApis]) {
      const server = await startChild({ kind: 'api', name: api.name, issuer: issuer.url, jwksUri: `${issuer.url}/jwks` })
      servers.push(server)
      for (const token of Object.values(issuer.tokens)) await assertAccepts(server, token)
      for (const tokens of api === bareExpress ? kinds.slice(0, 1) : kinds) sieges.push({ api, tokens, server, turns: [] })
    }
    const inRows = sieges.toSorted((a, b) => kinds.indexOf(a.tokens) - kinds.indexOf(b.tokens))
    for (let round = 0; round <= rounds; round++) {
      progress(round === 0 ? 'warm-up' : `round ${round} of ${rounds}`)
      for (const siege of inRows) {
        const turn = await takeTurn(siege, round === 0 ? turnSeconds / 2 : turnSeconds)
        if (round > 0) siege.turns.push(turn)
      }
    }
    return report(inRows, `${rounds} rounds in turn, ${turnSeconds} s each`)
  } finally {
    for (const child of [issuer, ...servers]) child.stop()
  }
}

/** Also makes the server fetch the keys. */
async function assertAccepts(server: Child, token: string): Promise<void> {
  const { status } = await fetch(`${server.url}/orders`, { headers: { authorization: `Bearer ${token}` } })
  if (status !== 200) throw new Error(`${server.url} answers a good token with ${status}`)
}

async function takeTurn({ server, tokens }: Siege, seconds: number): Promise<Turn> {
  const cpuBefore = await server.ask('cpuMicros')
  await server.ask('watchDelay')
  let delay: EventLoopDelay | undefined
  const statuses: Statuses = await pacedLoad({
    url: `${server.url}/orders`,
    requestsPerSecond,
    seconds,
    token: () => tokens.next(),
    onSent: async () => {
      delay = await server.ask('delay')
    },
  })
  if (delay === undefined) throw new Error('the delay was not asked for')
  const cpuMicros = ((await server.ask('cpuMicros')) - cpuBefore) / (requestsPerSecond * seconds)
  return { ...delay, cpuMicros, statuses: [...statuses] }
}

function report(sieges: readonly Siege[], rounds: string): Report {
  const apis = [bareExpress, ...protectedApis]
  const head = ['tokens', '', 'p50', 'p99', 'the longest', '… of all rounds', 'processor time a request', 'answers']
  const rows = sieges.map(({ api, tokens, turns }) => [
    api === bareExpress ? 'not looked at' : tokens.name,
    api.name,
    milliseconds(median(turns.map(({ p50Ms }) => p50Ms))),
    milliseconds(median(turns.map(({ p99Ms }) => p99Ms))),
    milliseconds(median(turns.map(({ maxMs }) => maxMs))),
    milliseconds(Math.max(...turns.map(({ maxMs }) => maxMs))),
    `${median(turns.map(({ cpuMicros }) => cpuMicros)).toFixed(0)} µs`,
    describeStatuses(turns),
  ])
  return {
    title: `The delay of the event loop under ${requestsPerSecond.toLocaleString('en')} invalid tokens a second`,
    notes: [
      `GET /orders on Express, each server in a process of its own; ${rounds}: the figures are of the median round, and the longest delay is given of all rounds too.`,
      'The delay is how late the event loop came to a timer of 1 ms (monitorEventLoopDelay, less that millisecond); below a millisecond it is the timer that is inexact, and more so on an idle server. A long delay is one sample, whatever its length, so p99 may not show what happens once a second. Requests are sent at an even pace, whether or not those before were answered. Good tokens of both algorithms were accepted before, so keys are at hand; no two of the invalid ones are the same. What Express logs of an error goes nowhere.',
      'Load, server and issuer compete for the same cores, so the longest delays may be those of a process that had to wait for a core: the bare route shows how long these are.',
      ...apis.filter(({ options }) => options !== 'none').map(({ name, options }) => `${name}: \`${options}\``),
    ],
    packages: apis.flatMap(({ packages }) => packages),
    tables: [{ title: 'How late the event loop was', table: { head, rows } }],
    samples: sieges.map(({ api, tokens, turns }) => ({ api: api.name, tokens: tokens.name, turns })),
  }
}

function milliseconds(value: number): string {
  return `${value.toFixed(1)} ms`
}

function describeStatuses(turns: readonly Turn[]): string {
  const counts = new Map<number | 'none', number>()
  for (const [status, count] of turns.flatMap(({ statuses }) => statuses)) counts.set(status, (counts.get(status) ?? 0) + count)
  return [...counts].map(([status, count]) => (counts.size === 1 ? String(status) : `${count.toLocaleString('en')} × ${status}`)).join('; ')
}
