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
    for (const { name, assertionResults, status } of testResults) {
      if (status === 'failed' && assertionResults.length === 0) console.log(`could not run: ${name}`)
      for (const { fullName, status: outcome } of assertionResults) {
        if (outcome !== 'passed') console.log(`${outcome}: ${name}: ${fullName}`)
      }
    }
    const notRun = numPendingTests + numTodoTests
    if (notRun > 0) console.log(`${notRun} tests were not run`)
    // A file that could not be loaded has no test that failed.
    const unloaded = testResults.filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0).length
    return { passed: numPassedTests, failed: numFailedTests + unloaded }
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
