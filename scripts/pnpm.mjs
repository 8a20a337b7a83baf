import './node-version.mjs'
import { pathToFileURL } from 'node:url'
import { run } from './run.mjs'

/** The one place that says which pnpm the workspace uses. */
const pnpmVersion = '10.34.8'

/**
 * Runs that pnpm, whether or not one is installed. In production mode it would leave out the tools, and it would ask
 * before it replaces a `node_modules` that another package manager made: neither is wanted here.
 */
export function pnpm(args, options = {}) {
  const { NODE_ENV: _, ...env } = process.env
  const settings = ['--config.confirm-modules-purge=false']
  return run('npx', ['--yes', `pnpm@${pnpmVersion}`, ...settings, ...args], { ...options, env: { ...env, ...options.env } })
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { code } = await pnpm(process.argv.slice(2))
  process.exit(code)
}
