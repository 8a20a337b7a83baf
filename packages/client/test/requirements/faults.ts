import type { Keyword, Specification, TestReference } from './requirement.js'
import type { TestTitle } from './test-titles.js'

/** The tests of a file, or undefined where there is no such file. */
export type ReadTests = (file: string) => readonly TestTitle[] | undefined

const keywords: readonly Keyword[] = ['MUST', 'MUST NOT', 'REQUIRED']

/** What is wrong with a map: a demand that is left out or counted twice, and one that no test holds that runs. Empty if all is well. */
export function faultsOf(specifications: readonly Specification[], readTests: ReadTests): string[] {
  return specifications.flatMap((specification) => [...miscounts(specification), ...unheld(specification, readTests)])
}

function miscounts({ rfc, sections, requirements }: Specification): string[] {
  const ids = requirements.map(({ id }) => id)
  const twice = ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => `RFC ${rfc} ${id} is there twice`)
  const unrecorded = requirements
    .filter(({ section }) => !Object.hasOwn(sections, section))
    .map(({ id }) => `RFC ${rfc} ${id}: no such section`)
  const wrong = Object.entries(sections).flatMap(([section, occurrences]) => {
    const accounted = requirements.filter((one) => one.section === section).flatMap(({ accountsFor }) => accountsFor)
    return keywords.flatMap((keyword) => {
      const [inText, inMap] = [occurrences[keyword] ?? 0, accounted.filter((one) => one === keyword).length]
      return inText === inMap ? [] : [`RFC ${rfc} §${section}: ${keyword} occurs ${inText} times, and ${inMap} are accounted for`]
    })
  })
  return [...twice, ...unrecorded, ...wrong]
}

function unheld({ rfc, requirements }: Specification, readTests: ReadTests): string[] {
  return requirements.flatMap((requirement) => {
    const tests = requirement.heldBy ?? []
    const faults = tests.flatMap((test) => faultsOfReference(test, readTests))
    if (requirement.binds === 'client' && tests.length === 0) faults.push('no test holds it')
    if (requirement.binds === 'client' && tests.length > 0 && tests.every((test) => isConditional(test, readTests))) {
      faults.push('no test holds it that runs everywhere')
    }
    return faults.map((fault) => `RFC ${rfc} §${requirement.section} ${requirement.id}: ${fault}`)
  })
}

/** A reference names one test that runs. */
function faultsOfReference({ file, titles, row }: TestReference, readTests: ReadTests): string[] {
  const named = `${file} > ${[...titles, ...(row === undefined ? [] : [`[${row}]`])].join(' > ')}`
  const found = testsNamed(file, titles, readTests)
  if (found?.length !== 1) return [`${found?.length ?? 'no file, and so no'} tests are ${named}`]
  const [test] = found
  if (test?.isSkipped === true) return [`the test does not run: ${named}`]
  return row === undefined || test?.rows.includes(row) ? [] : [`the table of the test lacks the row: ${named}`]
}

function isConditional({ file, titles }: TestReference, readTests: ReadTests): boolean {
  return testsNamed(file, titles, readTests)?.some((test) => test.isConditional) ?? false
}

function testsNamed(file: string, titles: readonly string[], readTests: ReadTests): readonly TestTitle[] | undefined {
  return readTests(file)?.filter((test) => titles.every((title, at) => test.titles.at(at - titles.length) === title))
}
