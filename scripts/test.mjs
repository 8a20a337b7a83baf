import { build, install } from './prepare.mjs'
import { run } from './run.mjs'

// `npm test` on a fresh clone: everything that the tests need, then all of them. Arguments go to Vitest.
await install()
await build()
const { code } = await run(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', ...process.argv.slice(2)])
process.exit(code)
