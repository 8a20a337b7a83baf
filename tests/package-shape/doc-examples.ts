import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './entry-points.js'

/** A piece of TypeScript that a reader is shown: in a README, or under an `@example` in a docstring. */
export interface DocExample {
  /** The file that shows it, from the root of the workspace. */
  document: string
  /** The line of the document that its first line stands on, from 1. */
  line: number
  code: string
}

/** Every example of the READMEs and of the packages' docstrings. A block that is fenced as `ts ignore` is none. */
export function docExamples(): readonly DocExample[] {
  const files = ['packages', 'examples'].flatMap((folder) => filesUnder(folder))
  const readmes = files.filter((path) => /^(packages|examples)\/[^/]+\/(README|docs\/.+)\.md$/.test(path))
  const sources = files.filter((path) => /^packages\/[^/]+\/src\/.+(?<!\.test)\.ts$/.test(path))
  return [
    ...['README.md', ...readmes].flatMap((document) => fencedBlocks(document, read(document), 1)),
    ...sources.flatMap((document) => docstringExamples(document, read(document))),
  ]
}

const read = (path: string) => readFileSync(join(root, path), 'utf8')

/** The paths of all files below a folder, from the root, with slashes; what was installed or built is left out. */
function filesUnder(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === 'node_modules' || entry.name === 'dist') return []
    const path = `${folder}/${entry.name}`
    return entry.isDirectory() ? filesUnder(path) : [path]
  })
}

/** The blocks between a line of "```ts" and one of "```". */
export function fencedBlocks(document: string, text: string, firstLine: number): DocExample[] {
  const lines = text.split('\n')
  const blocks: DocExample[] = []
  for (let start = 0; start < lines.length; start++) {
    if (!/^\s*```/.test(lines[start] ?? '')) continue
    const length = lines.slice(start + 1).findIndex((line) => /^\s*```\s*$/.test(line))
    if (length === -1) throw new Error(`${document}:${firstLine + start}: the block that opens here is not closed`)
    if (/^\s*```(ts|typescript)\s*$/.test(lines[start] ?? '')) {
      blocks.push({ document, line: firstLine + start + 1, code: lines.slice(start + 1, start + 1 + length).join('\n') })
    }
    start += length + 1
  }
  return blocks
}

/** What stands under each `@example` of a file: its fenced blocks or, without a fence, all of it up to the next tag. */
export function docstringExamples(document: string, text: string): DocExample[] {
  return [...text.matchAll(/\/\*\*.*?\*\//gs)].flatMap((comment) => {
    const lines = comment[0].split('\n').map((line) => line.replace(/^\s*(\/\*\*|\*\/|\*) ?/, '').replace(/\s*\*\/$/, ''))
    const firstLine = text.slice(0, comment.index).split('\n').length
    return lines.flatMap((line, n) => {
      const tag = /^@example\s*(.*)$/.exec(line)
      if (tag === null) return []
      const length = lines.slice(n + 1).findIndex((next) => /^@[a-z]/.test(next))
      const code = [tag[1], ...lines.slice(n + 1, length === -1 ? undefined : n + 1 + length)].join('\n')
      if (code.includes('```')) return fencedBlocks(document, code, firstLine + n)
      return [{ document, line: firstLine + n, code }]
    })
  })
}
