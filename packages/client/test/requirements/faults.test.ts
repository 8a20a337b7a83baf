import { expect, test } from 'vitest'
import { faultsOf } from './faults.js'
import type { Specification } from './requirement.js'
import { testTitles } from './test-titles.js'

const source = `
describe('a callback', () => {
  test.each<[string, string]>([['one row', '1'], ['another row', '2']])('with %s', () => {})
  test.skip('does not run', () => {})
  test.skipIf(process.platform === 'win32')('runs somewhere', () => {})
})
test('stands alone', async () => {})
`
const readTests = (file: string) => (file === 'some.test.ts' ? testTitles(source) : undefined)
const held = { section: '1', says: 'Something.', accountsFor: ['MUST'], binds: 'client' } as const
const specification = (heldBy: { titles: string[]; row?: string; file?: string }[]): Specification[] => [
  {
    rfc: 1,
    sections: { '1': { MUST: 1 } },
    requirements: [{ ...held, id: 'a', heldBy: heldBy.map((one) => ({ file: 'some.test.ts', ...one })) }],
  },
]

test('a map whose demands are all held has no faults', () => {
  expect(
    faultsOf(specification([{ titles: ['stands alone'] }, { titles: ['a callback', 'with %s'], row: 'another row' }]), readTests),
  ).toEqual([])
})

test('a test that runs only somewhere may stand beside one that runs everywhere', () => {
  expect(faultsOf(specification([{ titles: ['runs somewhere'] }, { titles: ['stands alone'] }]), readTests)).toEqual([])
})

test.each([
  ['no test', [], 'no test holds it'],
  ['a file that there is not', [{ titles: ['stands alone'], file: 'other.test.ts' }], 'no file'],
  ['a test that there is not', [{ titles: ['sits alone'] }], '0 tests are'],
  ['a test that does not run', [{ titles: ['does not run'] }], 'does not run'],
  ['a test that runs only somewhere', [{ titles: ['runs somewhere'] }], 'runs everywhere'],
  ['a text in the condition of a test', [{ titles: ['runs somewhere'], row: 'win32' }, { titles: ['stands alone'] }], 'lacks the row'],
  ['a row that there is not', [{ titles: ['with %s'], row: 'no row' }], 'lacks the row'],
] as const)('a demand that is held by %s is a fault', (_what, heldBy, fault) => {
  const faults = faultsOf(specification(heldBy as never), readTests)
  expect(faults).toHaveLength(1)
  expect(faults[0]).toContain(fault)
})

test('a keyword that is left out, a demand that is there twice, and a section without record are faults', () => {
  const heldBy = [{ file: 'some.test.ts', titles: ['stands alone'] }]
  const faults = faultsOf(
    [
      {
        rfc: 1,
        sections: { '1': { MUST: 3, 'MUST NOT': 1 } },
        requirements: [
          { ...held, id: 'a', heldBy },
          { ...held, id: 'a', heldBy },
          { ...held, id: 'b', section: '2', heldBy },
        ],
      },
    ],
    readTests,
  )
  expect(faults).toEqual([
    'RFC 1 a is there twice',
    'RFC 1 b: no such section',
    'RFC 1 §1: MUST occurs 3 times, and 2 are accounted for',
    'RFC 1 §1: MUST NOT occurs 1 times, and 0 are accounted for',
  ])
})
