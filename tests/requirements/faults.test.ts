import { describe, expect, test } from 'vitest'
import { exceptionsOf, faultsOf } from './faults.js'
import { type HeldRequirement, type OtherRequirement, rowOf, type Specification, testsOf } from './requirement.js'
import { testTitles } from './test-titles.js'

const file = 'packages/verifier/test/planted.test.ts'
const planted = testsOf(file)
const source = `
  const table = [['a row of a variable', 1]]
  describe('a token', () => {
    it('is refused', () => {})
    it.each([['a row', 1]])('with %s', () => {})
    it.each(table)('of %s', () => {})
    it.skip('is left out', () => {})
    it.todo('is to come')
    it('has no function')
  })
  describe.skip('left out', () => { it('with its suite', () => {}) })
  describe('another', () => { it('is refused', () => {}) })
  describe.skipIf(!existsSync('chromium')).each([['a mode']])('in Chromium, %s', () => { it('is hidden', () => {}) })
  test.runIf(process.platform === 'win32')('is locked', () => {})
`
const readTests = (name: string) => (name === file ? testTitles(source) : undefined)

const held: HeldRequirement = {
  section: '1',
  id: 'held',
  says: 'A token is refused.',
  accountsFor: ['MUST'],
  binds: 'resource server',
  heldBy: [planted('a token', 'is refused')],
}
const other: OtherRequirement = {
  section: '1',
  id: 'other',
  says: 'A token is issued.',
  accountsFor: ['MUST NOT', 'MUST NOT'],
  binds: 'authorization server',
  because: 'tokens are not issued here',
}
const sound: Specification = { rfc: 9999, sections: { '1': { MUST: 1, 'MUST NOT': 2 }, '2': {} }, requirements: [held, other] }

function faults(changed: Partial<Specification>): string[] {
  return faultsOf([{ ...sound, ...changed }], readTests)
}

function faultsWith(changed: Partial<HeldRequirement>): string[] {
  return faults({ requirements: [{ ...held, ...changed }, other] })
}

describe('a map of requirements', () => {
  test('that accounts for every keyword, and names tests that run, has no fault', () => {
    expect(faults({})).toEqual([])
    expect(faultsWith({ heldBy: [rowOf(planted('with %s'), 'a row'), rowOf(planted('of %s'), 'a row of a variable')] })).toEqual([])
  })

  test('is found out when a requirement that binds the package has no test', () => {
    expect(faultsWith({ heldBy: [] })).toEqual(['RFC 9999 §1 held: no test holds it'])
  })

  test('is found out when a requirement is left out', () => {
    expect(faults({ requirements: [other] })).toEqual(['RFC 9999 §1: MUST occurs 1 times, and 0 are accounted for'])
    expect(faults({ requirements: [held] })).toEqual(['RFC 9999 §1: MUST NOT occurs 2 times, and 0 are accounted for'])
  })

  test.each(['MUST', 'MUST NOT', 'REQUIRED', 'SHALL', 'SHALL NOT', 'SHOULD', 'SHOULD NOT', 'RECOMMENDED', 'NOT RECOMMENDED', 'item'])(
    'is found out when it leaves out: %s',
    (keyword) => {
      expect(faults({ sections: { ...sound.sections, '2': { [keyword]: 1 } } })).toEqual([
        `RFC 9999 §2: ${keyword} occurs 1 times, and 0 are accounted for`,
      ])
    },
  )

  test('is found out when it counts a keyword that is not there, or in a section that it does not cover', () => {
    expect(faultsWith({ accountsFor: ['MUST', 'SHALL'] })).toEqual(['RFC 9999 §1: SHALL occurs 0 times, and 1 are accounted for'])
    expect(faultsWith({ section: '3' })).toEqual([
      'RFC 9999 §3 held: the section has no record of its keywords',
      'RFC 9999 §1: MUST occurs 1 times, and 0 are accounted for',
    ])
  })

  test.each([
    ['in a file that is not there', testsOf('x.test.ts')('is refused'), 'there is no file x.test.ts'],
    ['that is not there', planted('is accepted'), `there is no test ${file} > is accepted`],
    ['of another suite', planted('a lock', 'is refused'), `there is no test ${file} > a lock > is refused`],
    ['by its suite alone', planted('a token'), `there is no test ${file} > a token`],
    ['by nothing', planted(), `there is no test ${file} > `],
    ['that may be one of two', planted('is refused'), `several tests are ${file} > is refused`],
    ['that is skipped', planted('is left out'), `the test does not run: ${file} > is left out`],
    ['that is yet to be written', planted('is to come'), `the test does not run: ${file} > is to come`],
    ['that has no function', planted('has no function'), `the test does not run: ${file} > has no function`],
    ['in a suite that is skipped', planted('with its suite'), `the test does not run: ${file} > with its suite`],
    ['of a row that was removed', rowOf(planted('with %s'), 'no row'), `the table of the test lacks the row: ${file} > with %s [no row]`],
  ])('is found out when it names a test %s', (_, reference, fault) => {
    expect(faultsWith({ heldBy: [reference] })).toEqual([`RFC 9999 §1 held: ${fault}`])
  })

  test('is found out when another party is named without a reason, or with a test that is not there', () => {
    expect(faults({ requirements: [held, { ...other, because: ' ' }] })).toEqual(['RFC 9999 §1 other: it does not say why it is not ours'])
    expect(faults({ requirements: [held, { ...other, heldBy: [planted('x')] }] })).toEqual([
      `RFC 9999 §1 other: there is no test ${file} > x`,
    ])
  })

  test('is found out when something is there twice, or says nothing', () => {
    const [first] = held.heldBy
    expect(faultsOf([sound, sound], readTests)).toEqual(['RFC 9999 is there twice'])
    expect(faults({ requirements: [held, other, { ...held, accountsFor: [] }] })).toEqual(['RFC 9999 held is there twice'])
    expect(faultsWith({ heldBy: first === undefined ? [] : [first, first] })).toEqual([
      `RFC 9999 §1 held: it names a test twice: ${file} > a token > is refused`,
    ])
    expect(faultsWith({ says: '' })).toEqual(['RFC 9999 §1 held: it says nothing'])
  })

  test('tells what it says that the code does not do', () => {
    expect(exceptionsOf([sound])).toEqual([])
    expect(exceptionsOf([{ ...sound, requirements: [{ ...held, except: 'Not on Sundays.' }, other] }])).toEqual(['RFC 9999 §1 held'])
  })
})

describe('a test that runs only somewhere', () => {
  const inBrowser = planted('in Chromium, %s', 'is hidden')

  test('holds nothing by itself, unless it is said what it needs', () => {
    expect(faultsWith({ heldBy: [planted('is locked')] })).toEqual(['RFC 9999 §1 held: no test holds it that runs everywhere'])
    expect(faultsWith({ heldBy: [inBrowser] })).toEqual(['RFC 9999 §1 held: no test holds it that runs everywhere'])
    expect(faultsWith({ heldBy: [inBrowser], onlyWith: 'a browser' })).toEqual([])
  })

  test('may stand beside one that runs everywhere, of which it is not said', () => {
    expect(faultsWith({ heldBy: [planted('is locked'), planted('a token', 'is refused')] })).toEqual([])
    expect(faultsWith({ heldBy: [inBrowser, planted('a token', 'is refused')], onlyWith: 'a browser' })).toEqual([
      'RFC 9999 §1 held: a test of it runs without a browser too',
    ])
  })
})
