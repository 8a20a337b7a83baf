import { audience, createIssuer } from '../issuer/issuer.js'
import { median, quantile } from '../quantile.js'
import type { Report } from '../report/report.js'
import { allContenders } from './all-contenders.js'
import { type Timing, timeInFlight, timeInTurn } from './timed-round.js'
import { assertVerifies } from './trial.js'

const algorithms = ['RS256', 'PS256', 'ES256', 'EdDSA']
const rounds = 61
const warmUpRounds = 10
const distinctTokens = 512

/** The rounds of one contender with one algorithm. */
interface Samples {
  contender: string
  alg: string
  inTurn: Timing[]
  inFlight: Timing[]
}

/** How long one verification takes: rounds of all contenders in turn, so that a busy machine is busy for each of them. */
export async function measureVerify(progress: (line: string) => void): Promise<Report> {
  const samples: Samples[] = []
  for (const alg of algorithms) {
    progress(alg)
    samples.push(...(await measureAlgorithm(alg)))
  }
  const undisturbed = (values: readonly number[]) => quantile(values, 0.1)
  return {
    title: 'One verification, keys at hand, no verdict cached',
    notes: [
      `${rounds} rounds of each contender in turn; ${distinctTokens} distinct tokens. In µs; in brackets, how many times the limit.`,
      'On a busy machine the processor time is the figure to trust; a verifier on the thread pool gains time from a core that is idle.',
      ...allContenders.map(({ name, call }) => `${name}: \`${call}\``),
    ],
    packages: allContenders.flatMap(({ packages }) => packages),
    tables: [
      {
        title: 'Processor time of all threads, 32 in flight: the median round',
        table: tabulate(samples, ({ inFlight }) => median(inFlight.map((t) => t.cpuMicros))),
      },
      {
        title: 'Time, 32 in flight: the round that a tenth of them beat, so one that little else disturbed',
        table: tabulate(samples, ({ inFlight }) => undisturbed(inFlight.map((t) => t.wallMicros))),
      },
      {
        title: 'Time, one after another: the round that a tenth of them beat',
        table: tabulate(samples, ({ inTurn }) => undisturbed(inTurn.map((t) => t.wallMicros))),
      },
    ],
    samples,
  }
}

async function measureAlgorithm(alg: string): Promise<Samples[]> {
  const issuer = await createIssuer({ algorithms: [alg] })
  const { keys } = (await (await fetch(issuer.jwksUri)).json()) as { keys: [Record<string, string>] }
  const tokens = await Promise.all(Array.from({ length: distinctTokens }, (_, n) => issuer.token({ claims: { jti: `token-${n}` } })))
  const entrants = []
  for (const { name, algorithms: supported, create } of allContenders) {
    if (!supported.includes(alg)) continue
    const verify = await create({ alg, jwk: keys[0], issuer: issuer.url, audience })
    await assertVerifies(`${name} (${alg})`, verify, tokens[0] ?? '')
    entrants.push({ verify, samples: { contender: name, alg, inTurn: [], inFlight: [] } as Samples })
  }
  for (let round = 0; round < warmUpRounds + rounds; round++) {
    for (const { verify, samples } of entrants) {
      const inTurn = await timeInTurn(verify, tokens)
      const inFlight = await timeInFlight(verify, tokens)
      if (round < warmUpRounds) continue
      samples.inTurn.push(inTurn)
      samples.inFlight.push(inFlight)
    }
  }
  await issuer.close()
  return entrants.map(({ samples }) => samples)
}

function tabulate(samples: readonly Samples[], pick: (samples: Samples) => number) {
  const rows = allContenders.map(({ name }) => {
    const cells = algorithms.map((alg) => {
      const of = (contender: string | undefined) => samples.find((each) => each.alg === alg && each.contender === contender)
      const [own, limit] = [of(name), of(allContenders[0]?.name)]
      if (own === undefined || limit === undefined) return 'not supported'
      return `${pick(own).toFixed(1)} (${(pick(own) / pick(limit)).toFixed(2)})`
    })
    return [name, ...cells]
  })
  return { head: ['', ...algorithms], rows }
}
