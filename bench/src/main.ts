import { measureBehaviour } from './behaviour/measure-behaviour.js'
import { measureDelay } from './delay/measure-delay.js'
import { measureGrowth } from './growth/measure-growth.js'
import { describeLoad } from './report/machine.js'
import { writeResults } from './report/result-files.js'
import { formatTable } from './report/table.js'
import { measureThroughput } from './throughput/measure-throughput.js'
import { measureVerify } from './verify/measure-verify.js'

const programs = {
  behaviour: measureBehaviour,
  throughput: measureThroughput,
  verify: measureVerify,
  growth: measureGrowth,
  delay: measureDelay,
}

// As in production: otherwise Express would send stack traces, and every API would seem to leak.
process.env.NODE_ENV = 'production'
// Frameworks log refused requests, and most requests of the bench are refused.
console.error = () => {}

const names = Object.keys(programs) as (keyof typeof programs)[]
const quick = process.argv.includes('--quick')
const asked = process.argv.slice(2).filter((word) => word !== '--quick')
const unknown = asked.filter((name) => !names.some((known) => known === name))
if (unknown.length > 0) throw new Error(`There is no program ${unknown.join(', ')}: choose from ${names.join(', ')}.`)

for (const name of names) {
  if (asked.length > 0 && !asked.includes(name)) continue
  const started = performance.now()
  const load = describeLoad()
  const report = await programs[name]({ quick, progress: (line) => process.stderr.write(`${name}: ${line}\n`) })
  if (!quick) writeResults(name, { ...report, load }, names)
  for (const { title, table } of report.tables) console.log(`\n${title}\n\n${formatTable(table)}`)
  const written = quick ? 'nothing written: the figures of quick rounds mean nothing' : `results/${name}.json and results.md written`
  console.log(`\n${name}: ${((performance.now() - started) / 1000).toFixed(0)} s, ${written}\n`)
}
