import { expect, test } from 'vitest'
import { testTitles } from './test-titles.js'

const everywhere = { isSkipped: false, isConditional: false }

test('titles are read with those of the suites around them, and no other call is taken for a test', () => {
  const titles = testTitles(`
    describe.each([['x']])('the scheme %s', () => {
      test.concurrent.each\`a\`
      test.for([1])(\`of \${name}\`, () => expect(it.name('not a title')).toBe(visit('nor this')))
    })
    it('stands alone', { timeout: 1 }, () => {})
    test.each<[string, string]>([['one row', '1']])('with %s', () => {})
    // it('is a comment', () => {})
    const text = "it('is a string')"
  `)
  expect(titles).toEqual([
    { titles: ['the scheme %s', '`of ${name}`'], rows: ['x'], ...everywhere },
    { titles: ['stands alone'], rows: [], ...everywhere },
    { titles: ['with %s'], rows: ['one row', '1'], ...everywhere },
  ])
})

test.each(['skip', 'todo', 'fails', 'concurrent.skip'])('a test by %s, or in such a suite, is left out of every run', (modifier) => {
  expect(testTitles(`it.${modifier}('one', () => {}); it('other', () => {})`).map(({ isSkipped }) => isSkipped)).toEqual([true, false])
  expect(testTitles(`describe.${modifier}('a suite', () => { it('one', () => {}) })`).map(({ isSkipped }) => isSkipped)).toEqual([true])
})

test.each([
  "test.skipIf(process.platform === 'win32')('one', () => {})",
  "test.runIf(process.platform === 'win32')('one', () => {})",
  "test.runIf(process.platform === 'win32').each([['a']])('one', () => {})",
  "test.each([['a']]).skipIf(process.platform === 'win32')('one', () => {})",
  "describe.skipIf(!existsSync(executablePath))('a suite', () => { describe('within', () => { test('one', () => {}) }) })",
  "describe.skipIf(!existsSync(executablePath)).each(['a'] as const)('a suite', () => { test('one', () => {}) })",
])('that it runs depends on a condition: %s', (source) => {
  const [one, ...others] = testTitles(source)
  expect(others).toEqual([])
  expect(one).toMatchObject({ isSkipped: false, isConditional: true })
  expect(one?.titles.at(-1)).toBe('one')
  // What is compared in the condition is no row of a table.
  expect(one?.rows).toEqual(source.includes('each(') ? ['a'] : [])
})

test.each(['test.runIf(isWindows)', 'test.each(table)'])('what is kept for later is no test: %s', (source) => {
  expect(testTitles(`const later = ${source}`)).toEqual([])
})

test.each([
  "test('one', { skip: true }, () => {})",
  "test('one', { todo: true }, () => {})",
  "test('one', { 'fails': true, timeout: 5 }, () => {})",
  "describe('a suite', { skip: true }, () => { test('one', () => {}) })",
  "test('one', undefined)",
  "test.only('other', () => {}); test('one', () => {})",
  "describe.only('a suite', () => { test('other', () => {}) }); test('one', () => {})",
])('what is left out of every run by an option, by the lack of a function, or for another one, is left out: %s', (source) => {
  const isSkipped = Object.fromEntries(testTitles(source).map((each) => [each.titles.at(-1), each.isSkipped]))
  expect(isSkipped).toEqual('other' in isSkipped ? { one: true, other: false } : { one: true })
})

test.each([
  "if (false) test('one', () => {})",
  "if (isThere) { describe('a suite', () => { test('one', () => {}) }) }",
  "isThere && test('one', () => {})",
  "isThere ? test('one', () => {}) : undefined",
  "test('one', (context) => context.skip())",
  "test('one', ({ skip }) => { if (!isThere) skip() })",
  "test('one', { skip: !isThere }, () => {})",
])('that it runs depends on what is found at run time: %s', (source) => {
  expect(testTitles(source)).toMatchObject([{ isSkipped: false, isConditional: true }])
})
