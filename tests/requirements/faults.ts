import type { Occurrence, Requirement, Specification, TestReference } from './requirement.js'
import type { TestTitle } from './test-titles.js'

/** The tests of a file, or undefined where there is no such file. */
export type ReadTests = (file: string) => readonly TestTitle[] | undefined

const keywords: readonly Occurrence[] = [
  'MUST',
  'MUST NOT',
  'REQUIRED',
  'SHALL',
  'SHALL NOT',
  'SHOULD',
  'SHOULD NOT',
  'RECOMMENDED',
  'NOT RECOMMENDED',
  'item',
]

/** What is wrong with a map of requirements: what is left out, what is counted twice, and what no test holds that runs. Empty if all is well. */
export function faultsOf(specifications: readonly Specification[], readTests: ReadTests): string[] {
  return [
    ...repeated(specifications.map(({ rfc }) => `RFC ${rfc}`)).map((name) => `${name} is there twice`),
    ...specifications.flatMap((specification) => faultsOfSpecification(specification, readTests)),
  ]
}

/** What a map says that the code does not do, by RFC, section and id. */
export function exceptionsOf(specifications: readonly Specification[]): string[] {
  return specifications.flatMap(({ rfc, requirements }) =>
    requirements.flatMap((one) => ('except' in one ? [`RFC ${rfc} §${one.section} ${one.id}`] : [])),
  )
}

function faultsOfSpecification(specification: Specification, readTests: ReadTests): string[] {
  const { rfc, requirements } = specification
  const name = ({ section, id }: Requirement) => `RFC ${rfc} §${section} ${id}`
  return [
    ...repeated(requirements.map(({ id }) => `RFC ${rfc} ${id}`)).map((key) => `${key} is there twice`),
    ...miscounts(specification),
    ...requirements.flatMap((requirement) => faultsOfRequirement(requirement, readTests).map((fault) => `${name(requirement)}: ${fault}`)),
  ]
}

/** Every keyword of a section is accounted for, and none that is not there. */
function miscounts({ rfc, sections, requirements }: Specification): string[] {
  const unrecorded = requirements.filter(({ section }) => !Object.hasOwn(sections, section))
  const found = Object.entries(sections).flatMap(([section, occurrences]) => {
    const accounted = requirements.filter((requirement) => requirement.section === section).flatMap(({ accountsFor }) => accountsFor)
    return keywords.flatMap((keyword) => {
      const [inText, inMap] = [occurrences[keyword] ?? 0, accounted.filter((one) => one === keyword).length]
      return inText === inMap ? [] : [`RFC ${rfc} §${section}: ${keyword} occurs ${inText} times, and ${inMap} are accounted for`]
    })
  })
  return [...unrecorded.map(({ section, id }) => `RFC ${rfc} §${section} ${id}: the section has no record of its keywords`), ...found]
}

function faultsOfRequirement(requirement: Requirement, readTests: ReadTests): string[] {
  const tests = requirement.heldBy ?? []
  const faults = [
    ...('because' in requirement ? faultsOfReason(requirement.because) : faultsOfHolding(tests, requirement.onlyWith, readTests)),
    ...tests.flatMap((test) => faultsOfReference(test, readTests)),
    ...repeated(tests.map(describeReference)).map((test) => `it names a test twice: ${test}`),
  ]
  return requirement.says.trim() === '' ? ['it says nothing', ...faults] : faults
}

const faultsOfReason = (because: string) => (because.trim() === '' ? ['it does not say why it is not ours'] : [])

/** What binds us is held by a test that runs everywhere, or it is said what its tests need. */
function faultsOfHolding(tests: readonly TestReference[], onlyWith: string | undefined, readTests: ReadTests): string[] {
  if (tests.length === 0) return ['no test holds it']
  const isEverywhere = tests.some((test) => testsNamed(test, readTests)?.every(({ isConditional }) => !isConditional) ?? true)
  if (isEverywhere) return onlyWith === undefined ? [] : [`a test of it runs without ${onlyWith} too`]
  return onlyWith === undefined ? ['no test holds it that runs everywhere'] : []
}

/** A reference names one test that runs. */
function faultsOfReference(reference: TestReference, readTests: ReadTests): string[] {
  const named = describeReference(reference)
  const found = testsNamed(reference, readTests)
  if (found === undefined) return [`there is no file ${reference.file}`]
  const [test, ...others] = found
  if (test === undefined) return [`there is no test ${named}`]
  if (others.length > 0) return [`several tests are ${named}`]
  if (test.isSkipped) return [`the test does not run: ${named}`]
  if (reference.row !== undefined && !test.rows.includes(reference.row)) return [`the table of the test lacks the row: ${named}`]
  return []
}

function testsNamed({ file, titles }: TestReference, readTests: ReadTests): readonly TestTitle[] | undefined {
  return readTests(file)?.filter((test) => endsWith(test.titles, titles))
}

function endsWith(titles: readonly string[], end: readonly string[]): boolean {
  const start = titles.length - end.length
  return end.length > 0 && start >= 0 && end.every((title, at) => titles[start + at] === title)
}

function describeReference({ file, titles, row }: TestReference): string {
  return `${file} > ${titles.join(' > ')}${row === undefined ? '' : ` [${row}]`}`
}

function repeated(names: readonly string[]): string[] {
  return [...new Set(names.filter((name, at) => names.indexOf(name) !== at))]
}
