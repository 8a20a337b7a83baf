import { cp, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { entryPoints, packageFolders, root } from '../package-shape/entry-points.js'
import { compile, runNode, writeTsconfig } from './commands.js'
import { expectedErrors } from './expected-errors.js'
import type { IsolatedProject } from './isolated-project.js'
import { writeProject } from './isolated-project.js'
import type { Tarball } from './tarballs.js'
import { packAll } from './tarballs.js'

let folder: string
let tarballs: readonly Tarball[]

// Compilers and installers, in processes of their own: on a busy machine they take their time.
vi.setConfig({ testTimeout: 90_000 })

beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'consumers of packages-')))
  tarballs = await packAll(folder)
}, 60_000)

afterAll(() => rm(folder, { recursive: true, force: true }))

const fixtures = join(root, 'tests/consumers/fixtures')
const node = { zod: 'zod', express: 'express', koa: 'koa', hono: 'hono', fastify: 'fastify', react: 'react' }
const types = {
  '@types/node': '@types/node',
  '@types/express': '@types/express',
  '@types/koa': '@types/koa',
  '@types/react': '@types/react',
}
/** What can be imported by its test runner alone, or is run by a worker of a browser, is not for plain scripts. */
const notForScripts = ['@bailiwick/mock-issuer/vitest', '@bailiwick/client/browser/worker']
const specifiers = entryPoints.map(({ specifier }) => specifier).filter((specifier) => !notForScripts.includes(specifier))

describe.each(packageFolders)('the tarball of %s', (name) => {
  test('holds what was built, the sources that it maps to, the README and the licence, and nothing else', () => {
    const { files } = tarballs.find((tarball) => tarball.folder === name)!
    expect(
      ['LICENSE', 'README.md', 'package.json', 'dist/index.js', 'dist/index.d.ts', 'src/index.ts'].filter((path) => !files.includes(path)),
    ).toEqual([])
    const wanted =
      /^(LICENSE|README\.md|CHANGELOG\.md|package\.json|dist\/.+\.(js|d\.ts)(\.map)?|src\/.+\.ts|docs\/.+\.(md|png|json)|bin\/.+\.js)$/
    expect(files.filter((path) => !wanted.test(path) || /\.test\./.test(path))).toEqual([])
  })

  test('asks for its siblings by version, not by workspace', () => {
    const { manifest } = tarballs.find((tarball) => tarball.folder === name)!
    const ranges = Object.values({ ...manifest.dependencies, ...manifest.peerDependencies })
    expect(ranges.filter((range) => !/^[\^~]?\d|^>=?\d/.test(range))).toEqual([])
  })
})

test('what is for browsers alone is marked so, for frameworks that render components on a server', async () => {
  const { unpacked } = tarballs.find(({ folder: name }) => name === 'client')!
  expect(await readFile(join(unpacked, 'src/react/index.ts'), 'utf8')).toMatch(/^'use client'\n/)
  expect(await readFile(join(unpacked, 'dist/react/index.js'), 'utf8')).toMatch(/^'use client';/)
})

describe('a project that is tested with Vitest', () => {
  test('has an issuer in its tests, and the matchers', async () => {
    const project = await projectFrom('kit', { type: 'module', dependencies: { ...node, vitest: 'vitest' } })
    await runNode(project, 'run.js')
    expect(JSON.parse(await readFile(join(project, 'result.json'), 'utf8'))).toMatchObject({ numTotalTests: 1, numPassedTests: 1 })
  })
})

describe('a project in plain JavaScript', () => {
  const script = (load: string) => `
    const names = {}
    for (const specifier of ${JSON.stringify(specifiers)}) names[specifier] = Object.keys(${load}).sort()
    console.log(JSON.stringify(names))`

  test('imports every name on record, and verifies a token of the mock issuer', async () => {
    const project = await projectFrom('esm', { type: 'module', dependencies: node })
    await writeFile(join(project, 'names.js'), script('await import(specifier)'))
    expect(JSON.parse(await runNode(project, 'names.js'))).toEqual(await recordedNames())
    expect(await runNode(project, 'main.js')).toBe('john may read the orders of account 42\n')
  })

  test('requires the same names from CommonJS', async () => {
    const project = await projectFrom('cjs', { type: 'commonjs', dependencies: node })
    await writeFile(join(project, 'names.cjs'), script('require(specifier)'))
    expect(JSON.parse(await runNode(project, 'names.cjs'))).toEqual(await recordedNames())
  })
})

describe('a project in TypeScript', () => {
  const current: IsolatedProject = { type: 'module', dependencies: { ...node, ...types } }
  const older: IsolatedProject = {
    type: 'module',
    dependencies: {
      ...node,
      ...types,
      express: 'express4',
      '@types/express': '@types/express4',
      koa: 'koa2',
      '@types/koa': '@types/koa2',
      fastify: 'fastify4',
    },
  }

  test.each([
    ['nodenext', 'typescript', current],
    ['bundler', 'typescript', current],
    ['bundler', 'typescript-api', current],
    ['nodenext', 'typescript', older],
  ] as const)('resolves %s by %s and sees in its handlers what the guards require', async (resolution, compiler, installed) => {
    const project = await projectFrom('typescript', installed)
    await writeTsconfig(project, resolution)
    expect(await compile(project, compiler)).toEqual([])
  })

  test('is told of each mistake in its contract and its options', async () => {
    const project = await projectFrom('must-not-compile', current)
    await writeTsconfig(project, 'nodenext')
    const complaints = await compile(project, 'typescript')
    const placesAndCodes = complaints.map((line) => line.replace(/^(.+)\((\d+),\d+\): error (TS\d+):.*$/s, '$1:$2: $3'))
    expect(placesAndCodes).toEqual(await expectedErrors(project))
  })
})

async function projectFrom(fixture: string, options: IsolatedProject): Promise<string> {
  const project = await mkdtemp(join(folder, `${fixture} `))
  await writeProject(project, tarballs, options)
  await cp(join(fixtures, fixture), project, { recursive: true })
  return project
}

/** The names that are there at run time, from the record that `package-shape` keeps. */
async function recordedNames(): Promise<Record<string, string[]>> {
  const names: Record<string, string[]> = {}
  for (const name of packageFolders) {
    let specifier = ''
    for (const line of (await readFile(join(root, `tests/package-shape/exports/${name}.txt`), 'utf8')).split('\n')) {
      if (line.startsWith('@bailiwick/')) names[(specifier = line)] = []
      const [kind, exported] = line.split(/ +/)
      if (exported !== undefined && /^(function|class|const)$/.test(kind!)) names[specifier]!.push(exported)
    }
  }
  for (const name of notForScripts) delete names[name]
  for (const list of Object.values(names)) list.sort()
  return names
}
