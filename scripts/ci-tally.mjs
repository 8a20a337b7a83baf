import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

// Adds up what the parts of .ci/run reported, and prints the total as the last line.
const [folder, interrupted] = process.argv.slice(2)
const read = (name) => (existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8') : undefined)

/** What a part reported: a part that failed has a failure, even when its report knows of none. */
function part(name, count) {
  const code = Number(read(`${name}.code`) ?? 1)
  const report = read(`${name}.json`)
  const { passed, failed } = report === undefined ? { passed: code === 0 ? 1 : 0, failed: 0 } : count(JSON.parse(report))
  return { name, passed, failed: code === 0 ? failed : Math.max(failed, 1) }
}

const parts = [
  part('test', ({ numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults }) => {
    // A file that could not be loaded or prepared has no test that failed.
    const unprepared = testResults.filter(
      ({ status, assertionResults: tests }) => status === 'failed' && !tests.some(({ status: s }) => s === 'failed'),
    )
    for (const { name, message } of unprepared) console.log(`could not run: ${name}: ${message}`)
    for (const { name, assertionResults } of testResults) {
      for (const { fullName, status } of assertionResults) {
        if (status !== 'passed') console.log(`${status}: ${name}: ${fullName}`)
      }
    }
    const notRun = numPendingTests + numTodoTests
    if (notRun > 0) console.log(`${notRun} tests were not run`)
    return { passed: numPassedTests, failed: numFailedTests + unprepared.length }
  }),
  part('check', (rows) => ({
    passed: rows.filter(({ passed }) => passed).length,
    failed: rows.filter(({ passed }) => !passed).length,
  })),
  part('quickstart', () => ({ passed: 0, failed: 0 })),
]

for (const { name, passed, failed } of parts) console.log(`${name}: ${passed} passed, ${failed} failed`)
const sum = (key) => parts.reduce((total, { [key]: count }) => total + count, 0)
const failed = sum('failed')
if (interrupted !== '0') console.log(`interrupted with code ${interrupted}`)
console.log(`${sum('passed')} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)
