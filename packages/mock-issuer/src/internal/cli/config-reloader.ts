import { describeConfigChanges } from '../config/config-changes.js'
import { loadConfig } from '../config/config-file.js'
import type { Config } from '../config/config-schema.js'
import { hubFromConfig } from '../config/hub-from-config.js'
import { describeHubChanges } from '../hub/hub-changes.js'
import type { IssuerHub } from '../hub/issuer-hub.js'
import { describeConfigProblem } from './command-failure.js'
import type { CommandIo } from './command-io.js'
import { printable } from '../invisible-characters.js'

export interface ConfigReloaderInput {
  readonly file: string
  /** As it was read at the start. */
  readonly config: Config
  readonly hub: IssuerHub
  readonly hasDashboard: boolean
  readonly io: Pick<CommandIo, 'stdout' | 'stderr'>
}

/**
 * Makes what takes over the configuration as it is now, one change after the other, and tells what changed. One that cannot be used is told,
 * and left; about one in which nothing changed nothing is done and nothing said.
 */
export function createConfigReloader({ file, config: started, hub, hasDashboard, io }: ConfigReloaderInput): () => Promise<void> {
  let current = started
  let isBroken = false
  let last = Promise.resolve()

  async function takeOver(): Promise<readonly string[]> {
    const config = await loadConfig(file)
    const changes = describeConfigChanges(current, config)
    if (changes.length === 0) return isBroken ? [`${file} can be used again, and nothing in it changed.`] : []
    const before = hub.mounted
    await hub.configure(hubFromConfig(config, hasDashboard))
    current = config
    const told = [...shorten(changes), ...shorten(describeHubChanges(before, hub.mounted))]
    return [`${file} was taken over:`, ...told.map((line) => `  ${printable(line)}`), 'All else stays, keys and tokens too.']
  }

  async function reload(): Promise<void> {
    try {
      const lines = await takeOver()
      isBroken = false
      for (const line of lines) io.stdout.write(`${line}\n`)
    } catch (error) {
      isBroken = true
      const problem = describeConfigProblem(file, error) ?? (error instanceof Error ? error.message : String(error))
      io.stderr.write(`${problem}\nWhat was read before goes on.\n`)
    }
  }
  return () => (last = last.then(reload))
}

const maxLines = 20

function shorten(lines: readonly string[]): readonly string[] {
  return lines.length <= maxLines ? lines : [...lines.slice(0, maxLines), `and ${lines.length - maxLines} more`]
}
