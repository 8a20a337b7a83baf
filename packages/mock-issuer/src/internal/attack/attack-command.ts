import { writeFile } from 'node:fs/promises'
import { attack } from '../../attack.js'
import type { AttackReport, AttackWait } from '../../attack-report.js'
import { createMockIssuer } from '../../create-mock-issuer.js'
import { MockIssuerError } from '../../mock-issuer-error.js'
import { isColoured } from '../cli/command-io.js'
import type { CommandIo } from '../cli/command-io.js'
import type { AttackArguments } from './attack-arguments.js'
import { readAttackArguments } from './attack-arguments.js'
import { attackUsage } from './attack-usage.js'
import { formatJunit } from './format-junit.js'
import { formatTable } from './format-table.js'
import { exitCode, summarise } from './verdict.js'

/**
 * Runs `attack` of the command line: starts an issuer, waits for the API, sends the catalogue and writes the report.
 *
 * @returns the exit code: 0 nothing was let in, or help was asked for; 1 something was let in; 2 the attack could not be run
 */
export async function runAttackCommand(args: readonly string[], io: CommandIo): Promise<number> {
  try {
    const read = readAttackArguments(args)
    if (read === undefined) {
      io.stdout.write(attackUsage)
      return 0
    }
    // A report that could not be written would be an attack for nothing.
    if (read.output !== undefined) await writeFile(read.output, '')
    const report = await runAttack(read, io)
    await writeReport(report, read, io)
    return exitCode(report, read.failOn)
  } catch (error) {
    io.stderr.write(`The attack could not be run. ${explain(error)}\n`)
    return 2
  }
}

async function runAttack({ attack: options, port, issuer: name, audience }: AttackArguments, io: CommandIo): Promise<AttackReport> {
  const issuer = await createMockIssuer({ ...(name !== undefined && { issuer: name }), ...(audience !== undefined && { audience }) })
  try {
    await issuer.listen({ port }).catch((error: unknown) => explainListenProblem(port, error))
    const { method = 'GET', url } = options
    io.stderr.write(`The issuer is ${issuer.issuer}. Waiting for ${method} ${String(url)} to let a good token in.\n`)
    return await attack({ ...options, issuer, onWaiting: createWaitPrinter(io) })
  } finally {
    await issuer[Symbol.asyncDispose]()
  }
}

/** Prints what the API answers while it is waited for; what may be the reason only when that is new. */
function createWaitPrinter({ stderr }: CommandIo): (wait: AttackWait) => void {
  let advised = ''
  return ({ waitedMs, said, advice }) => {
    stderr.write(`${Math.round(waitedMs / 1000)} s: ${said}${advice === advised ? '' : ` ${advice}`}\n`)
    advised = advice
  }
}

/** @throws {MockIssuerError} `invalid_option` if it is about the port, or else the error itself */
function explainListenProblem(port: number, error: unknown): never {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  const change =
    'another port with --issuer-port. The issuer that the API has to trust is then http://127.0.0.1:<port>, unless --issuer says otherwise.'
  const problems: Readonly<Record<string, string>> = {
    EADDRINUSE: `Something listens on port ${port} of 127.0.0.1 already, perhaps another mock issuer. Stop it, or choose ${change}`,
    EACCES: `This user may not listen on port ${port}. Choose ${change}`,
  }
  const problem = typeof code === 'string' ? problems[code] : undefined
  if (problem !== undefined) throw new MockIssuerError('invalid_option', problem, { cause: error })
  throw error
}

async function writeReport(report: AttackReport, { format, output, failOn, all }: AttackArguments, io: CommandIo): Promise<void> {
  const text = {
    table: () =>
      formatTable(
        report,
        output === undefined
          ? { width: io.stdout.columns ?? 100, isColoured: isColoured(io), all }
          : { width: 100, isColoured: false, all },
      ),
    json: () => `${JSON.stringify(report, null, 2)}\n`,
    junit: () => formatJunit(report, failOn),
  }[format]()
  if (output === undefined) {
    io.stdout.write(text)
    return
  }
  await writeFile(output, text)
  io.stdout.write(`${summarise(report)} The report is in ${output}.\n`)
}

function explain(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
