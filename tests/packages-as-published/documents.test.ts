import { beforeAll, describe, expect, test } from 'vitest'
import { packageFolders } from '../package-shape/entry-points.js'
import { deadLinks, unknownPackages } from './dead-references.js'
import { listPublishedPackages, type PublishedPackage } from './published-package.js'

let published: readonly PublishedPackage[]
const packageOf = (folder: string) => published.find(({ name }) => name === `@bailiwick/${folder}`)!

beforeAll(async () => void (published = await listPublishedPackages()), 60_000)

describe.each(packageFolders)('the documents in the tarball of %s', (folder) => {
  test('are there', () => {
    expect([...packageOf(folder).documents.keys()]).toContain('README.md')
  })

  test('link to nothing that is not in it', () => {
    expect(deadLinks(packageOf(folder))).toEqual([])
  })

  test('show pictures of 40 kB at most, since everybody downloads them', () => {
    // A page in 256 colours is half of that, and nobody sees the difference.
    expect([...packageOf(folder).pictures].filter(([, bytes]) => bytes > 40_960)).toEqual([])
  })

  test('name no package that cannot be installed, and no path that it does not have', () => {
    expect(unknownPackages(packageOf(folder), published)).toEqual([])
  })
})

describe('the search for dead links', () => {
  const dead = (text: string, others: Record<string, string> = {}) => {
    const documents = new Map(Object.entries({ 'README.md': text, ...others }))
    return deadLinks({ documents, files: new Set([...documents.keys(), 'docs/login.png', 'package.json']) })
  }

  test.each([
    ['[a](../../README.md)', 'README.md:1: ../../README.md leaves the package'],
    ['[a](/README.md)', 'README.md:1: /README.md leaves the package'],
    ['\n[a](docs/gone.md#b "title")', 'README.md:2: docs/gone.md#b is not in the tarball'],
    ['[`a`](docs)', 'README.md:1: docs is not in the tarball'],
    ['![a](docs/Login.png)', 'README.md:1: docs/Login.png is not in the tarball'],
    ['[![a](docs/login.png)](gone.md)', 'README.md:1: gone.md is not in the tarball'],
    ['[a][b]\n\n[b]: ./gone.md', 'README.md:3: ./gone.md is not in the tarball'],
    ['<img src="gone.png" />', 'README.md:1: gone.png is not in the tarball'],
    ['<source srcset="docs/login.png 1x, gone.png 2x" />', 'README.md:1: gone.png is not in the tarball'],
    ['# A\n\n[a](#b)', 'README.md:3: #b names no heading'],
    ['# A\n\n[a](docs/x.md#a)', 'README.md:3: docs/x.md#a names no heading'],
    ['```sh\n# b\n```\n[a](#b)', 'README.md:4: #b names no heading'],
  ])('finds that of %j', (text, finding) => {
    expect(dead(text, { 'docs/x.md': '# X\n\n[up](../README.md)' })).toEqual([finding])
  })

  test.each([
    '[a](https://example.com/b) [c](mailto:john@example.com)',
    '[a](docs/x.md) [b](./docs/x.md#in-a-browser-at-last) ![c](docs/login.png) [d](package.json)',
    '[a](docs/x.md#always-stale-with-no_transaction) [b](docs/x.md#in-a-browser-at-last-1)',
    '`[a](gone.md)` and ``[`b`](gone.md)``',
    '~~~md\n```\n[a](gone.md)\n~~~',
    '## What it is: `a` & _b_\n\n[a](#what-it-is-a--b) [b](#here)\n\n<a id="here"></a>',
  ])('finds nothing in %j', (text) => {
    const page =
      '# X\n\n## In a _browser_, at [last](https://example.com)\n\n## In a browser at last\n\n## Always `stale` with `no_transaction`?\n'
    expect(dead(text, { 'docs/x.md': page })).toEqual([])
  })
})

test('the search for names finds a package that there is not, and a path that a package does not have', () => {
  const text = 'Run `npx @bailiwick/mock-issuer`, see `@bailiwick/mock-issuer/docs`.\n`@bailiwick/gone`, `@bailiwick/client/gone`'
  expect(unknownPackages({ documents: new Map([['README.md', text]]) }, published)).toEqual([
    'README.md:2: @bailiwick/gone',
    'README.md:2: @bailiwick/client/gone',
  ])
})
