import { parseArgs } from 'node:util'
import type { AttackOptions } from '../../attack-options.js'
import type { ForgeryName } from '../../forgeries.js'
import type { ForgerySeverity } from '../../forgery.js'
import { MockIssuerError } from '../../mock-issuer-error.js'
import type { SigningAlgorithm } from '../../signing-algorithm.js'
import { signingAlgorithms } from '../../signing-algorithm.js'
import { didYouMean } from '../config/did-you-mean.js'
import { readAttackSettings } from './attack-settings.js'

/** The command line, read. */
export interface AttackArguments {
  readonly attack: Omit<AttackOptions, 'issuer'>
  readonly port: number
  readonly issuer: string | undefined
  readonly audience: string | undefined
  readonly format: 'table' | 'json' | 'junit'
  readonly output: string | undefined
  readonly failOn: ForgerySeverity
  /** Whether the table has a row for each forgery. */
  readonly all: boolean
}

/**
 * Reads the command line, all of it before anything is begun; `undefined` when help is asked for.
 * @throws {MockIssuerError} `invalid_option`, for what is not known with what was probably meant
 */
export function readAttackArguments(args: readonly string[]): AttackArguments | undefined {
  const values = parse(args)
  if (values.help === true) return undefined
  const attack = readAttackOptions(values)
  readAttackSettings(attack, (option) => `--${flags[option] ?? option}`)
  return {
    attack,
    port: readPort(values['issuer-port'] ?? '9000'),
    issuer: values.issuer,
    audience: values.audience,
    format: readChoice('format', values.format, ['table', 'json', 'junit'] as const) ?? 'table',
    output: values.output,
    failOn: readChoice('fail-on', values['fail-on'], ['critical', 'serious', 'lenient'] as const) ?? 'lenient',
    all: values.all ?? false,
  }
}

/** Options of an attack that are called otherwise here. */
const flags: Partial<Readonly<Record<keyof AttackOptions, string>>> = {
  forgeries: 'only',
  headers: 'header',
  timeoutMs: 'timeout-ms',
  readyWithinMs: 'wait-seconds',
}

function readAttackOptions(values: Values): AttackArguments['attack'] {
  const { url, scope, data, method, typ, only } = values
  if (url === undefined) throw invalid('url', 'given: the route to attack')
  const claims = { ...readClaims(values.claims), ...(scope !== undefined && { scope }) }
  const algorithm = readChoice<SigningAlgorithm>('algorithm', values.algorithm, signingAlgorithms)
  return {
    url,
    claims,
    headers: readHeaders(values.header ?? []),
    profile: readChoice('profile', values.profile, ['jwt', 'rfc9068'] as const) ?? 'jwt',
    concurrency: readNumber('concurrency', values.concurrency ?? '4'),
    timeoutMs: readNumber('timeout-ms', values['timeout-ms'] ?? '5000'),
    // Longer than libraries hold to keys that they have: an API that was attacked before asks for the new ones within this time.
    readyWithinMs: readNumber('wait-seconds', values['wait-seconds'] ?? '40') * 1000,
    ...(method !== undefined && { method: method.toUpperCase() }),
    ...(typ !== undefined && { typ }),
    ...(data !== undefined && { body: data }),
    ...(algorithm !== undefined && { algorithm }),
    ...(only !== undefined && { forgeries: only.split(',').map((name) => name.trim()) as ForgeryName[] }),
  }
}

type Values = ReturnType<typeof parseStrictly>

function parse(args: readonly string[]): Values {
  try {
    return parseStrictly(args)
  } catch (error) {
    // The errors of parseArgs say what is wrong, and then much about the grammar; what was meant is added.
    const message = error instanceof Error ? (error.message.split('. ')[0] ?? '') : String(error)
    throw new MockIssuerError('invalid_option', `${message.replace(/\.$/, '')}.${suggestion(args)} See attack --help.`, { cause: error })
  }
}

function parseStrictly(args: readonly string[]) {
  return parseArgs({ args: [...args], options, strict: true }).values
}

function suggestion(args: readonly string[]): string {
  const known = Object.keys(options).map((name) => `--${name}`)
  const unknown = args.map((arg) => arg.split('=')[0] ?? arg).find((arg) => arg.startsWith('--') && !known.includes(arg))
  if (unknown === undefined) return args.some((arg) => /^https?:/.test(arg)) ? ' The route goes behind --url.' : ''
  const meant = didYouMean(unknown, known)
  return meant === undefined ? '' : ` Did you mean ${meant}?`
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
  all: { type: 'boolean' },
  help: { type: 'boolean' },
} as const

function invalid(option: string, expected: string): MockIssuerError {
  return new MockIssuerError('invalid_option', `--${option} must be ${expected}.`)
}

function readNumber(option: string, value: string): number {
  if (!/^\d{1,6}$/.test(value)) throw invalid(option, `a whole number, not "${value}"`)
  return Number(value)
}

function readPort(value: string): number {
  const port = readNumber('issuer-port', value)
  if (port > 65_535) throw invalid('issuer-port', `a port, from 0 to 65535, not "${value}"`)
  return port
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
