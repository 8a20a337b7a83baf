import { loadConfig } from '../config/config-file.js'
import type { Config } from '../config/config-schema.js'
import { hubFromConfig } from '../config/hub-from-config.js'
import type { IssuerHub } from '../hub/issuer-hub.js'
import { describeConfigProblem } from './command-failure.js'
import type { CommandIo } from './command-io.js'

export interface ConfigReloaderInput {
  readonly file: string
  /** As it was read at the start: where it listens stays as it was then. */
  readonly config: Config
  readonly hub: IssuerHub
  readonly hasDashboard: boolean
  readonly io: Pick<CommandIo, 'stdout' | 'stderr'>
}

/** Makes what takes over the configuration as it is now, one change after the other. One that cannot be used is told, and left. */
export function createConfigReloader(input: ConfigReloaderInput): () => Promise<void> {
  let last = Promise.resolve()
  return () => (last = last.then(() => reload(input)))
}

async function reload({ file, config: started, hub, hasDashboard, io }: ConfigReloaderInput): Promise<void> {
  try {
    const config = await loadConfig(file)
    await hub.configure(hubFromConfig(config, hasDashboard))
    io.stdout.write(`${file} was taken over. Issuers whose names stay the same keep their keys and tokens.\n`)
    if (config.port !== started.port || config.host !== started.host) {
      io.stdout.write('Its port and host count from the next start on.\n')
    }
  } catch (error) {
    const problem = describeConfigProblem(file, error) ?? (error instanceof Error ? error.message : String(error))
    io.stderr.write(`${problem}\nWhat was read before goes on.\n`)
  }
}
