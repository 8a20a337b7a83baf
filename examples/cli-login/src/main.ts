import { homedir } from 'node:os'
import { join } from 'node:path'
import { findSystemBrowser } from '@bailiwick/client/loopback'
import { runCommand } from './run-command.js'
import { createSessionFile } from './session-file.js'
import { createShopClient } from './shop-client.js'

const { ISSUER: issuer = 'http://127.0.0.1:9000', SHOP_HOME: home = join(homedir(), '.config', 'shop') } = process.env
const [command, ...flags] = process.argv.slice(2)

const stopped = new AbortController()
process.once('SIGINT', () => stopped.abort())

const client = createShopClient(issuer)
process.exitCode = await runCommand(command, {
  client,
  session: createSessionFile(join(home, 'session.json'), client),
  openBrowser: flags.includes('--no-browser') ? undefined : findSystemBrowser(process.env),
  print: console.log,
  signal: stopped.signal,
})
