import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** What each package of the scratch workspace imports: every arrow that the architecture allows. */
const allowed: Record<string, readonly string[]> = {
  protocol: [],
  verifier: ['protocol'],
  guard: ['protocol'],
  express: ['guard', 'protocol'],
  koa: ['guard', 'protocol'],
  hono: ['guard', 'protocol'],
  fastify: ['guard', 'protocol'],
  client: ['protocol'],
  session: ['client', 'protocol'],
  gateway: ['verifier', 'guard', 'protocol'],
  redis: ['protocol'],
  cli: ['verifier', 'guard', 'client', 'session', 'gateway', 'mock-issuer', 'protocol'],
  'mock-issuer': [],
  newcomer: [],
}

const manifest = (name: string, rest: object) => JSON.stringify({ name, version: '1.0.0', type: 'module', ...rest })

/** The files of a small workspace that keeps every rule, with what a rule must not take for a violation. */
function cleanFiles(): Record<string, string> {
  const files: Record<string, string> = {
    'package.json': manifest('scratch', { private: true }),
    'packages/guard/src/internal/secret.ts': 'export const secret = 1\n',
    'packages/guard/src/circle-b.ts': "import type { A } from './circle-a.js'\nexport type B = A | 2\n",
    'packages/guard/src/circle-a.ts': 'export type A = 1\n',
    'packages/guard/src/value.test.ts':
      "import { z } from 'zod'\nimport { value as v } from '@bailiwick/verifier'\nexport const value = [z, v]\n",
    'packages/guard/src/mini.ts': "import { value } from 'zod/mini'\nexport const mini = value\n",
    'packages/express/src/peer.ts': "import { value } from 'peer'\nexport const peer = value\n",
    'packages/client/src/internal/secret.ts': 'export const secret = 1\n',
    'packages/mock-issuer/src/wire.ts': "import type { Value } from '@bailiwick/protocol'\nexport type Wire = Value\n",
    'node_modules/zod/package.json': manifest('zod', { exports: { '.': './index.js', './mini': './mini/index.js' } }),
    'node_modules/zod/index.js': 'export const z = 1\n',
    'node_modules/zod/mini/index.js': 'export const value = 1\n',
    'node_modules/dev-only/package.json': manifest('dev-only', { exports: './index.js' }),
    'node_modules/dev-only/index.js': 'export const value = 1\n',
    'node_modules/peer/package.json': manifest('peer', { exports: './index.js' }),
    'node_modules/peer/index.js': 'export const value = 1\n',
    'node_modules/undeclared/package.json': manifest('undeclared', { exports: './index.js' }),
    'node_modules/undeclared/index.js': 'export const value = 1\n',
    'examples/shop/package.json': manifest('shop', { private: true }),
    'examples/shop/src/main.ts': "import { value } from '@bailiwick/guard'\nexport const shop = value\n",
  }
  for (const [name, targets] of Object.entries(allowed)) {
    const imports = targets.map((target, n) => `import { value as v${n} } from '@bailiwick/${target}'\n`).join('')
    files[`packages/${name}/src/value.ts`] = `${imports}export type Value = number\nexport const value: Value = 1\n`
    files[`packages/${name}/src/index.ts`] = "export { value } from './value.js'\nexport type { Value } from './value.js'\n"
    files[`packages/${name}/package.json`] = manifest(`@bailiwick/${name}`, {
      exports: { '.': { '@bailiwick/source': './src/index.ts' } },
      dependencies: { zod: '1.0.0' },
      peerDependencies: { peer: '1.0.0' },
      devDependencies: { 'dev-only': '1.0.0', peer: '1.0.0' },
    })
  }
  return files
}

/** Writes the workspace to an empty folder, with the given files added to it or in place of its own. */
export async function writeScratchWorkspace(root: string, added: Record<string, string>): Promise<void> {
  for (const [path, text] of Object.entries({ ...cleanFiles(), ...added })) {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), text)
  }
  await mkdir(join(root, 'node_modules/@bailiwick'))
  for (const name of Object.keys(allowed)) {
    await symlink(join(root, 'packages', name), join(root, 'node_modules/@bailiwick', name), 'dir')
  }
}
