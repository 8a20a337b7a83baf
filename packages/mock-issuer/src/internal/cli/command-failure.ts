import { MockIssuerError } from '../../mock-issuer-error.js'
import { ConfigError } from '../config/config-error.js'

/** Ends the command: the message is for the person who gave it. */
export class CommandFailure extends Error {
  /** 2 is what a command answers that was given wrong. */
  readonly exitCode = 2

  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.name = 'CommandFailure'
  }
}

/** What is wrong with a configuration, for its author; `undefined` for an error that is about something else. */
export function describeConfigProblem(file: string | undefined, error: unknown): string | undefined {
  if (error instanceof ConfigError) return error.message
  if (!(error instanceof MockIssuerError)) return undefined
  return file === undefined ? error.message : new ConfigError(file, [error.message]).message
}

/** @throws {CommandFailure} if the error is about the configuration, or else the error itself */
export function explainConfigProblem(file: string | undefined, error: unknown): never {
  const problem = describeConfigProblem(file, error)
  throw problem === undefined ? error : new CommandFailure(problem, { cause: error })
}

/** @throws {CommandFailure} if the error is about where to listen, or else the error itself */
export function explainListenProblem({ port, host }: { readonly port: number; readonly host: string }, error: unknown): never {
  if (error instanceof MockIssuerError) throw new CommandFailure(error.message, { cause: error })
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const problem = listenProblems[code]?.(port, host)
  throw problem === undefined ? error : new CommandFailure(problem, { cause: error })
}

const listenProblems: Readonly<Record<string, (port: number, host: string) => string>> = {
  EADDRINUSE: (port, host) =>
    `Something listens on port ${port} of ${host} already. Stop it, or choose another port with --port; 0 is for any that is free.`,
  EACCES: (port) => `This user may not listen on port ${port}. Choose one from 1024 on with --port.`,
  EADDRNOTAVAIL: (_, host) => `${host} is no address of this machine. Choose one with --host, such as 127.0.0.1.`,
  ENOTFOUND: (_, host) => `There is no address for the name "${host}". Choose another with --host, such as 127.0.0.1.`,
}
