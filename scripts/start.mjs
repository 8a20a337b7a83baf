import { build, install } from './prepare.mjs'
import { run } from './run.mjs'

// `npm start` on a fresh clone: everything that the quickstart needs, then the quickstart. Arguments go to it.
await install()
await build()
const { code } = await run(process.execPath, ['--import', 'tsx', 'examples/quickstart/src/main.ts', ...process.argv.slice(2)])
process.exit(code)
