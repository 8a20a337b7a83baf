import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DocExample } from './doc-examples.js'
import { entryPoints, packageFolders, root } from './entry-points.js'
import { readPublicSurface } from './public-surface.js'

/** What examples may use without defining it: the files of this folder, one for all packages and one for each that has more. */
export const stage = join(root, 'tests/package-shape/doc-stage')

const { symbols } = readPublicSurface()

/**
 * The example on the lines that it has in its document, behind the imports that are taken for granted there: in a package,
 * its own exports and the stage; in a docstring, its subpaths and the exports of the other packages too. The README of the workspace is
 * what a newcomer pastes, so that it imports all that it uses.
 */
export function compilableExample({ document, line, code }: DocExample): string {
  const folder = packageFolders.find((name) => document.startsWith(`packages/${name}/`))
  const sources = folder === undefined ? [] : grantedTo(folder, document)
  const granted = new Set<string>()
  const imports = sources.flatMap(({ from, names }) => {
    const needed = names.filter((name) => !granted.has(name) && uses(code, name) && !defines(code, name))
    for (const name of needed) granted.add(name)
    return needed.length === 0 ? [] : [`import { ${needed.join(', ')} } from '${from}'`]
  })
  return `${[...imports, 'export {}'].join('; ')}${'\n'.repeat(line - 1)}${code}\n`
}

interface Source {
  from: string
  names: readonly string[]
}

function grantedTo(folder: string, document: string): readonly Source[] {
  const isDocstring = document.endsWith('.ts')
  const own = isDocstring ? exportsOfAll(folder) : [exportsOf(`@bailiwick/${folder}`)]
  const others = packageFolders.filter((name) => name !== folder && isDocstring).map((name) => exportsOf(`@bailiwick/${name}`))
  return [...own, ...[folder, 'any'].flatMap((name) => stageFile(name, document)), ...others]
}

/** Its subpaths too, which are the places of what their docstrings show. */
function exportsOfAll(folder: string): readonly Source[] {
  return entryPoints.filter((entry) => entry.folder === folder).map(({ specifier }) => exportsOf(specifier))
}

function exportsOf(specifier: string): Source {
  return { from: specifier, names: symbols.filter(({ entry }) => entry.specifier === specifier).map(({ name }) => name) }
}

function stageFile(name: string, document: string): readonly Source[] {
  const path = join(stage, `${name}.ts`)
  if (!existsSync(path)) return []
  const text = readFileSync(path, 'utf8')
  const names = [...text.matchAll(/^export (?:const (\w+)|\{ (\w+) \})/gm)].map(([, constant, listed]) => constant ?? listed!)
  return [{ from: `${'../'.repeat(document.split('/').length)}stage/${name}.js`, names }]
}

const uses = (code: string, name: string) => new RegExp(String.raw`(?<![\w$.'"@/-])${name}\b(?!['"-])`).test(code)

const defines = (code: string, name: string) =>
  new RegExp(String.raw`\b(const|let|function|class|type|interface)\s+${name}\b|import\b[^;'"]*\b${name}\b[^;'"]*from`).test(code)
