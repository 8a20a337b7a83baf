import { writeFile } from 'node:fs/promises'
import { attack } from '../../attack.js'
import type { AttackReport } from '../../attack-report.js'
import { createMockIssuer } from '../../create-mock-issuer.js'
import type { MockIssuer } from '../../mock-issuer.js'
import { isColoured } from '../cli/command-io.js'
import type { CommandIo } from '../cli/command-io.js'
import type { AttackArguments } from './attack-arguments.js'
import { attackUsage, readAttackArguments } from './attack-arguments.js'
import { formatJunit } from './format-junit.js'
import { formatTable } from './format-table.js'
import { exitCode, summarise } from './verdict.js'

/**
 * Runs `attack` of the command line: starts an issuer, waits for the API, sends the catalogue and writes the report.
 *
 * @returns the exit code: 0 nothing was let in, 1 something was, 2 the attack could not be run
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
    await issuer.listen({ port })
    io.stderr.write(waiting(issuer, options))
    return await attack({ ...options, issuer })
  } finally {
    await issuer[Symbol.asyncDispose]()
  }
}

function waiting({ issuer }: MockIssuer, { method = 'GET', url }: AttackArguments['attack']): string {
  return `The issuer is ${issuer}. Waiting for ${method} ${String(url)} to let a good token in.\n`
}

async function writeReport(report: AttackReport, { format, output, failOn }: AttackArguments, io: CommandIo): Promise<void> {
  const text = {
    table: () =>
      formatTable(
        report,
        output === undefined ? { width: io.stdout.columns ?? 100, isColoured: isColoured(io) } : { width: 100, isColoured: false },
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
  if (!(error instanceof Error)) return String(error)
  const code = 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE') return `${error.message}: something listens there already. Stop it, or choose another --issuer-port.`
  return code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION' ? `${error.message} See --help.` : error.message
}
