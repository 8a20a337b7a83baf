import { beforeAll, describe, expect, test } from 'vitest'
import { packageFolders } from '../package-shape/entry-points.js'
import { uninstalledImports } from './install-lines.js'
import { listPublishedPackages, type PublishedPackage } from './published-package.js'

let published: readonly PublishedPackage[]

beforeAll(async () => void (published = await listPublishedPackages()), 60_000)

test.each(packageFolders)('the documents of %s say how to install what their examples import', (folder) => {
  expect(uninstalledImports(published.find(({ name }) => name === `@bailiwick/${folder}`)!)).toEqual([])
})

describe('the search for what is not installed', () => {
  const search = (readme: string, page = '') => {
    const documents = new Map([
      ['README.md', readme],
      ['docs/page.md', page],
    ])
    return uninstalledImports({ name: '@bailiwick/hono', documents })
  }
  const example = (code: string) => `\`\`\`ts\n${code}\n\`\`\`\n`

  test('finds what no line installs, in whatever form it is imported', () => {
    const code = "import { a } from '@x/a/b'\nimport type {\n  C,\n} from 'c'\nimport 'd/e'\nexport { f } from 'f'"
    expect(search(example(code))).toEqual(['README.md: @x/a', 'README.md: c', 'README.md: d', 'README.md: f'])
    expect(search('', example("import a from 'a'"))).toEqual(['docs/page.md: a'])
  })

  test('takes what the README or the page installs, the package itself, and modules of Node and of the example', () => {
    const code =
      "import { protect } from '@bailiwick/hono'\nimport { once } from 'node:events'\nimport { a } from './a.js'\nimport b from 'b'"
    expect(
      search(`    npm install a b\n\n${example(code)}`, `(\`npm install c\`)\n${example("import b from 'b'\nimport c from 'c/d'")}`),
    ).toEqual([])
    expect(search(example('const b = `import c from "c"`'))).toEqual([])
  })
})
