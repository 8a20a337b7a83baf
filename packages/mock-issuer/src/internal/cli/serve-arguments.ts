import { parseArgs } from 'node:util'
import { didYouMean } from '../config/did-you-mean.js'
import { CommandFailure } from './command-failure.js'

/** What the command line asks for. What it does not say is left to the configuration file. */
export type CommandLine =
  | { readonly command: 'help' | 'version' | 'print-schema' }
  | { readonly command: 'attack'; readonly args: readonly string[] }
  | ({ readonly command: 'serve' } & ServeArguments)

/** How to serve. */
export interface ServeArguments {
  readonly port: number | undefined
  readonly host: string | undefined
  /** The path of the configuration file. */
  readonly config: string | undefined
  readonly watch: boolean
  readonly verbose: boolean
  readonly dashboard: boolean | undefined
  /** Whether to serve HTTPS, and with which files; without them, a certificate is made. */
  readonly https: boolean | HttpsFiles | undefined
  /** Where to write what clients must trust. */
  readonly writeCertificate: string | undefined
}

/** The files of a key and its certificate, in PEM. */
export interface HttpsFiles {
  readonly keyFile: string
  readonly certFile: string
}

const options = {
  port: { type: 'string', short: 'p' },
  host: { type: 'string' },
  config: { type: 'string', short: 'c' },
  watch: { type: 'boolean', short: 'w' },
  verbose: { type: 'boolean' },
  dashboard: { type: 'boolean' },
  https: { type: 'boolean' },
  'https-key': { type: 'string' },
  'https-cert': { type: 'string' },
  'write-certificate': { type: 'string' },
  'print-schema': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const

/**
 * Reads the arguments after the command's name.
 * @throws {CommandFailure} for what it does not know, with what was probably meant
 */
export function parseCommandLine(args: readonly string[]): CommandLine {
  if (args[0] === 'attack') return { command: 'attack', args: args.slice(1) }
  const values = parse(args)
  if (values.help === true) return { command: 'help' }
  if (values.version === true) return { command: 'version' }
  if (values['print-schema'] === true) return { command: 'print-schema' }
  if (values.watch === true && values.config === undefined) {
    throw new CommandFailure('--watch needs a file to watch: name it with --config.')
  }
  return {
    command: 'serve',
    port: values.port === undefined ? undefined : readPort(values.port),
    host: values.host,
    config: values.config,
    watch: values.watch ?? false,
    verbose: values.verbose ?? false,
    dashboard: values.dashboard,
    https: readHttps(values),
    writeCertificate: values['write-certificate'],
  }
}

function readHttps(values: ReturnType<typeof parseStrictly>): ServeArguments['https'] {
  const { https, config, 'https-key': key, 'https-cert': cert, 'write-certificate': writeCertificate } = values
  if ((key === undefined) !== (cert === undefined)) throw new CommandFailure('--https-key and --https-cert go together: name both files.')
  if (key !== undefined && cert !== undefined) {
    if (https === false) throw new CommandFailure('--no-https and --https-key contradict each other.')
    return { keyFile: key, certFile: cert }
  }
  // A configuration may turn HTTPS on, which is not known yet.
  const isPossible = https === true || (https === undefined && config !== undefined)
  if (writeCertificate !== undefined && !isPossible) throw new CommandFailure('--write-certificate is about HTTPS: add --https.')
  return https
}

function parse(args: readonly string[]): ReturnType<typeof parseStrictly> {
  try {
    return parseStrictly(args)
  } catch (error) {
    // The errors of parseArgs say what is wrong; what was meant is added.
    const message = error instanceof Error ? (error.message.split('. ')[0] ?? '') : String(error)
    throw new CommandFailure(`${message.replace(/\.$/, '')}.${suggestion(args)} See --help.`, { cause: error })
  }
}

function parseStrictly(args: readonly string[]) {
  return parseArgs({ args: [...args], options, allowNegative: true }).values
}

function suggestion(args: readonly string[]): string {
  const known = ['attack', ...Object.keys(options).map((name) => `--${name}`)]
  const unknown = args.map((arg) => arg.split('=')[0] ?? arg).find((arg) => /^(--)?[a-z]/.test(arg) && !known.includes(arg))
  const meant = unknown === undefined ? undefined : didYouMean(unknown, known)
  return meant === undefined ? '' : ` Did you mean ${meant}?`
}

function readPort(text: string): number {
  const port = Number(text)
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port
  throw new CommandFailure(`--port takes a number from 0 to 65535, and was given "${text}"; 0 is for any port that is free.`)
}
