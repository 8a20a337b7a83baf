import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * The errors that a folder of mistakes must give: each file holds one mistake, on the line below its
 * `// TS1234: what is wrong`, and no other.
 */
export async function expectedErrors(folder: string): Promise<string[]> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.ts')).toSorted()
  return Promise.all(
    files.map(async (name) => {
      const lines = (await readFile(join(folder, name), 'utf8')).split('\n')
      const marks = lines.flatMap((line, n) => {
        const code = /^\s*\/\/ (TS\d+): /.exec(line)?.[1]
        return code === undefined ? [] : [`${name}:${n + 2}: ${code}`]
      })
      const [mark, ...more] = marks
      if (mark === undefined || more.length > 0) throw new Error(`${name} needs one mistake, and has ${marks.length}`)
      return mark
    }),
  )
}
