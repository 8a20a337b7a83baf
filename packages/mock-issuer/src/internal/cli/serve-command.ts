import type { Config } from '../config/config-schema.js'
import { hubFromConfig } from '../config/hub-from-config.js'
import { createListener } from '../http/listener.js'
import { createHostUrl } from '../hub/host-url.js'
import { createIssuerHub } from '../hub/issuer-hub.js'
import type { IssuerHub } from '../hub/issuer-hub.js'
import { isLoopbackHost } from '../loopback.js'
import { explainConfigProblem, explainListenProblem } from './command-failure.js'
import { readHttpsOptions, writeCertificate } from './serve-https.js'
import { isColoured } from './command-io.js'
import type { CommandIo } from './command-io.js'
import { packageVersion } from './package-version.js'
import { withRequestLines } from './request-lines.js'
import type { ServeArguments } from './serve-arguments.js'
import { startText } from './start-text.js'
import { createStartWarnings } from './start-warnings.js'
import type { StartedIssuer } from './start-text.js'
import type { WatchedFile } from './watch-file.js'

const defaultPort = 9000
const defaultHost = '127.0.0.1'

/**
 * Serves the issuers of a configuration until the process is asked to stop, and closes the socket then.
 *
 * @returns the exit code
 * @throws {CommandFailure} when it could not be started
 */
export async function runServeCommand(args: ServeArguments, io: CommandIo): Promise<number> {
  const watched = args.watch && args.config !== undefined ? await watch(args.config) : undefined
  try {
    await serve(args, io, watched)
    return 0
  } finally {
    watched?.close()
  }
}

async function watch(file: string): Promise<WatchedFile> {
  const { watchFile } = await import('./watch-file.js')
  return watchFile(file)
}

async function serve(args: ServeArguments, io: CommandIo, watched: WatchedFile | undefined): Promise<void> {
  // Before anything is open, so that an interrupt always closes it.
  const stopped = io.untilStopped()
  const config = await read(args)
  const { port = config.port ?? defaultPort, host = config.host ?? defaultHost } = args
  // Beyond loopback, whoever reaches the socket could use the dashboard: a configuration or --dashboard has to ask for that.
  const hasDashboard = args.dashboard ?? isLoopbackHost(host)

  const url = createHostUrl()
  const hub = createIssuerHub(url)
  const hubConfiguration = hubFromConfig(config, hasDashboard)
  await hub.configure(hubConfiguration).catch((error: unknown) => explainConfigProblem(args.config, error))

  const write = (text: string): unknown => io.stdout.write(text)
  const handle = args.verbose ? withRequestLines({ handle: hub.handle, isColoured: isColoured(io), write, now: Date.now }) : hub.handle
  const listener = createListener({ handle, name: url })
  const https = await readHttpsOptions({ args, config: config.https })
  const server = await listener.listen({ port, host, https }).catch((error: unknown) => explainListenProblem({ port, host }, error))
  await writeCertificate(args, server)
  const { maxOnDemandIssuers } = hubConfiguration
  const started = { url: server.url, issuers: startedIssuers(hub), maxOnDemandIssuers, config: args.config, watch: args.watch }
  write(startText({ ...started, version: await packageVersion(), readyMs: performance.now(), isColoured: isColoured(io) }))
  const warn = createStartWarnings({ hub, write: (line) => io.stderr.write(line) })
  warn()

  if (watched !== undefined) {
    const { createConfigReloader } = await import('./config-reloader.js')
    const reload = createConfigReloader({ file: args.config ?? '', config, hub, hasDashboard, io })
    watched.onChange(() => void reload().then(warn))
  }
  await stopped
  await server.close()
}

async function read({ config: file }: ServeArguments): Promise<Config> {
  if (file === undefined) return {}
  // Loaded here: a start without a configuration does not wait for what reads one.
  const { loadConfig } = await import('../config/config-file.js')
  return loadConfig(file).catch((error: unknown) => explainConfigProblem(file, error))
}

function startedIssuers({ mounted }: IssuerHub): readonly StartedIssuer[] {
  return [...mounted.values()].map(({ issuer, state }) => ({
    issuer: issuer.issuer,
    clients: state.clients.values(),
    users: state.personas.list(),
    contract: state.contract,
    lax: state.lax,
    hasDashboard: state.dashboard !== undefined,
  }))
}
