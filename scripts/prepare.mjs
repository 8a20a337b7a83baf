import { pnpm } from './pnpm.mjs'
import { step } from './run.mjs'

/** Installs what the lockfile names. */
export const install = () => step('install', () => pnpm(['install', '--frozen-lockfile'], { capture: true }))

/** Builds every package, each after those that it depends on. */
export const build = () => step('build', () => pnpm(['--filter', './packages/*', 'run', 'build'], { capture: true }))
