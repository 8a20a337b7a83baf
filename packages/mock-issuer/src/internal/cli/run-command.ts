import { CommandFailure } from './command-failure.js'
import type { CommandIo } from './command-io.js'
import { helpText } from './help-text.js'
import { parseCommandLine } from './serve-arguments.js'

/**
 * Runs the command line. What a command needs is loaded for that command alone.
 *
 * @param args the arguments after the command's name
 * @returns the exit code: 2 for what could not be begun as it was asked for
 */
export async function runCommand(args: readonly string[], io: CommandIo): Promise<number> {
  try {
    return await dispatch(args, io)
  } catch (error) {
    if (!(error instanceof CommandFailure)) throw error
    io.stderr.write(`${error.message}\n`)
    return error.exitCode
  }
}

async function dispatch(args: readonly string[], io: CommandIo): Promise<number> {
  const line = parseCommandLine(args)
  if (line.command === 'attack') {
    const { runAttackCommand } = await import('../attack/attack-command.js')
    return runAttackCommand(line.args, io)
  }
  if (line.command === 'serve') {
    const { runServeCommand } = await import('./serve-command.js')
    return runServeCommand(line, io)
  }
  io.stdout.write(await texts[line.command]())
  return 0
}

const texts = {
  help: async () => helpText,
  async version() {
    const { packageVersion } = await import('./package-version.js')
    return `${await packageVersion()}\n`
  },
  async 'print-schema'() {
    const { configJsonSchema } = await import('../config/json-schema.js')
    return configJsonSchema()
  },
}
