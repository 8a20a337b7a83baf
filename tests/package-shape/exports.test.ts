import { relative, sep } from 'node:path'
import { describe, expect, test } from 'vitest'
import { entryPoints, packageFolders, root } from './entry-points.js'
import { readPublicSurface } from './public-surface.js'

const { symbols } = readPublicSurface()

describe.each(packageFolders)('%s', (folder) => {
  test('exports exactly the names on record', async () => {
    const lists = entryPoints
      .filter((entry) => entry.folder === folder)
      .map((entry) => {
        const lines = symbols.filter((symbol) => symbol.entry === entry).map(({ kind, name }) => `${kind.padEnd(10)}${name}`)
        return `${entry.specifier}\n\n${lines.toSorted().join('\n')}\n`
      })
    await expect(lists.join('\n')).toMatchFileSnapshot(`exports/${folder}.txt`)
  })

  test('declares what it exports, and exports no name of another package', () => {
    const foreign = symbols
      .filter(({ entry }) => entry.folder === folder)
      .flatMap(({ name, declarations }) => declarations.map((node) => `${name} in ${relative(root, node.getSourceFile().fileName)}`))
      .filter((place) => !place.split(sep).join('/').includes(` in packages/${folder}/src/`))
    expect(foreign).toEqual([])
  })
})
