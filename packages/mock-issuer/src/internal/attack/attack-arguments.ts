import { parseArgs } from 'node:util'
import type { AttackOptions } from '../../attack-options.js'
import type { ForgeryName } from '../../forgeries.js'
import type { ForgerySeverity } from '../../forgery.js'
import { MockIssuerError } from '../../mock-issuer-error.js'
import type { SigningAlgorithm } from '../../signing-algorithm.js'
import { signingAlgorithms } from '../../signing-algorithm.js'

/** How the command is used. */
export const attackUsage = `Sends bad tokens of every kind to an API, and reports which of them it lets in.

Usage: bailiwick-mock-issuer attack --url <url> [options]

The command is the issuer that the API has to trust: configure the API with the issuer
http://127.0.0.1:9000, start it, and attack a route that a good token opens.

  --url <url>              the route to attack
  --method <method>        its method (GET)
  --header <name: value>   a header field of every request; can be given several times
  --data <text>            the body of every request
  --issuer-port <port>     where the issuer listens on this machine (9000)
  --issuer <url>           its name, if that is not http://127.0.0.1:<port>
  --audience <name>        the audience of the tokens (api)
  --scope <scopes>         the scope that the route needs
  --claims <json>          further claims that the route needs
  --algorithm <name>       ES256, RS256, PS256 or EdDSA (ES256, or RS256 if the API takes no other)
  --typ <type>             the typ of good tokens (at+jwt); some APIs take JWT alone
  --profile <name>         rfc9068: demand access tokens of RFC 9068 to the letter (jwt)
  --only <names>           send these forgeries alone, separated by commas
  --concurrency <number>   requests at once (4)
  --timeout-ms <number>    the time for each answer (5000)
  --wait-seconds <number>  how long the API may take to let a good token in (30)
  --fail-on <severity>     what counts: critical, serious, or lenient for everything (lenient)
  --format <format>        table, json or junit (table)
  --output <file>          where to write it (standard output)
  --help

Exit code: 0 nothing was let in, 1 something was, 2 the attack could not be run.
`

/** The command line, read. */
export interface AttackArguments {
  readonly attack: Omit<AttackOptions, 'issuer'>
  readonly port: number
  readonly issuer: string | undefined
  readonly audience: string | undefined
  readonly format: 'table' | 'json' | 'junit'
  readonly output: string | undefined
  readonly failOn: ForgerySeverity
}

/**
 * Reads the command line; `undefined` when help is asked for. What the options of the attack must be is for `attack` to check.
 * @throws {MockIssuerError} `invalid_option`, or the error of `parseArgs` for an option that there is not
 */
export function readAttackArguments(args: readonly string[]): AttackArguments | undefined {
  const { values } = parseArgs({ args: [...args], options, strict: true })
  if (values.help === true) return undefined
  const { url, scope, data, method, typ } = values
  if (url === undefined) throw invalid('url', 'given: the route to attack')
  const port = readNumber('issuer-port', values['issuer-port'] ?? '9000')
  const claims = { ...readClaims(values.claims), ...(scope !== undefined && { scope }) }
  const algorithm = readChoice<SigningAlgorithm>('algorithm', values.algorithm, signingAlgorithms)
  return {
    attack: {
      url,
      claims,
      headers: readHeaders(values.header ?? []),
      profile: readChoice('profile', values.profile, ['jwt', 'rfc9068'] as const) ?? 'jwt',
      concurrency: readNumber('concurrency', values.concurrency ?? '4'),
      timeoutMs: readNumber('timeout-ms', values['timeout-ms'] ?? '5000'),
      readyWithinMs: readNumber('wait-seconds', values['wait-seconds'] ?? '30') * 1000,
      ...(method !== undefined && { method: method.toUpperCase() }),
      ...(typ !== undefined && { typ }),
      ...(data !== undefined && { body: data }),
      ...(algorithm !== undefined && { algorithm }),
      ...(values.only !== undefined && { forgeries: values.only.split(',').map((name) => name.trim()) as ForgeryName[] }),
    },
    port,
    issuer: values.issuer,
    audience: values.audience,
    format: readChoice('format', values.format, ['table', 'json', 'junit'] as const) ?? 'table',
    output: values.output,
    failOn: readChoice('fail-on', values['fail-on'], ['critical', 'serious', 'lenient'] as const) ?? 'lenient',
  }
}

const text = { type: 'string' } as const
const options = {
  url: text,
  method: text,
  header: { type: 'string', multiple: true },
  data: text,
  'issuer-port': text,
  issuer: text,
  audience: text,
  scope: text,
  claims: text,
  algorithm: text,
  typ: text,
  profile: text,
  only: text,
  concurrency: text,
  'timeout-ms': text,
  'wait-seconds': text,
  'fail-on': text,
  format: text,
  output: text,
  help: { type: 'boolean' },
} as const

function invalid(option: string, expected: string): MockIssuerError {
  return new MockIssuerError('invalid_option', `--${option} must be ${expected}.`)
}

function readNumber(option: string, value: string): number {
  if (!/^\d{1,6}$/.test(value)) throw invalid(option, `a whole number, not "${value}"`)
  return Number(value)
}

function readChoice<Choice extends string>(option: string, value: string | undefined, choices: readonly Choice[]): Choice | undefined {
  if (value === undefined) return undefined
  const chosen = choices.find((choice) => choice === value)
  if (chosen === undefined) throw invalid(option, `one of ${choices.join(', ')}, not "${value}"`)
  return chosen
}

function readClaims(json: string | undefined): Readonly<Record<string, unknown>> {
  if (json === undefined) return {}
  const claims = parseJson(json)
  if (typeof claims !== 'object' || claims === null || Array.isArray(claims))
    throw invalid('claims', 'a JSON object, such as {"account_nr":"42"}')
  return claims as Record<string, unknown>
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}

function readHeaders(fields: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    fields.map((field) => {
      const [, name, value] = /^([!#$%&'*+.^_`|~\w-]+):\s*([^\r\n]*)$/.exec(field) ?? []
      if (name === undefined || value === undefined) throw invalid('header', 'a name and a value with a colon between them')
      return [name.toLowerCase(), value]
    }),
  )
}
