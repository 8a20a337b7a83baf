import './node-version.mjs'
import { pathToFileURL } from 'node:url'
import { run } from './run.mjs'

/** The one place that says which pnpm the workspace uses. */
const pnpmVersion = '10.34.8'

/**
 * Runs that pnpm, whether or not one is installed. In production mode it would leave out the tools, and it would ask
 * before it replaces a `node_modules` that another package manager made: neither is wanted here. What an `npx` further
 * up was to run is not for the one that is started here.
 */
export function pnpm(args, options = {}) {
  const { NODE_ENV: _, npm_config_package: __, npm_config_call: ___, ...env } = process.env
  const command = ['--yes', `--package=pnpm@${pnpmVersion}`, '--', 'pnpm', '--config.confirm-modules-purge=false']
  return run('npx', [...command, ...args], { ...options, env: { ...env, ...options.env } })
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { code } = await pnpm(process.argv.slice(2))
  process.exit(code)
}
