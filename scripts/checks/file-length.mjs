import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../run.mjs'
import { trackedFiles } from './tracked-files.mjs'

const ceiling = 300
const askFrom = 200

/** No source file is longer than 300 lines; from 200 on it is asked what second thing moved in. */
export async function fileLength() {
  const sources = (await trackedFiles()).filter((path) => /\.(ts|mts|cts|js|mjs|cjs)$/.test(path))
  const long = sources
    .map((path) => ({ path, lines: readFileSync(join(root, path), 'utf8').trimEnd().split('\n').length }))
    .filter(({ lines }) => lines > askFrom)
    .sort((a, b) => b.lines - a.lines)
  const list = (files) => files.map(({ path, lines }) => `${lines} lines: ${path}`).join('\n')
  const tooLong = long.filter(({ lines }) => lines > ceiling)
  const rest = long.filter(({ lines }) => lines <= ceiling)
  return {
    code: tooLong.length === 0 ? 0 : 1,
    output: `over ${ceiling} lines:\n${list(tooLong)}`,
    note: rest.length === 0 ? '' : `over ${askFrom} lines:\n${list(rest)}`,
  }
}
