import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../run.mjs'
import { packages } from './packages.mjs'

/** What every manifest says alike: a package that differs has to say why here. */
const manifestRules = {
  license: ({ license }) => license === 'Apache-2.0',
  type: ({ type }) => type === 'module',
  // Matchers are registered by importing them, which a bundler must not leave out.
  sideEffects: ({ sideEffects }) => sideEffects === false || sideEffects?.every((path) => /\/vitest\/|\/worker\.[jt]s$/.test(path)),
  'engines.node': ({ engines }) => engines?.node === '>=20.19',
  description: ({ description }) => typeof description === 'string' && description.length >= 20,
  'publishConfig.access': ({ publishConfig }) => publishConfig?.access === 'public',
  'repository.directory': ({ repository }, folder) => repository === undefined || repository.directory === folder,
  'siblings as workspace:^': ({ dependencies = {} }) =>
    Object.entries(dependencies).every(([name, range]) => !name.startsWith('@bailiwick/') || range === 'workspace:^'),
}

/** Every package has its README; its LICENSE is the workspace's, which packing adds; its manifest says what all say. */
export async function packageFiles() {
  const findings = existsSync(join(root, 'LICENSE')) ? [] : ['LICENSE is missing at the root']
  for (const { folder, manifest } of packages()) {
    const readme = join(root, folder, 'README.md')
    if (!existsSync(readme)) findings.push(`${folder}: README.md is missing`)
    else if (!readFileSync(readme, 'utf8').startsWith(`# ${manifest.name}\n`))
      findings.push(`${folder}: README.md has no title "# ${manifest.name}"`)
    for (const [name, holds] of Object.entries(manifestRules)) {
      if (!holds(manifest, folder)) findings.push(`${folder}/package.json: ${name} is not what every package has`)
    }
  }
  return { code: findings.length === 0 ? 0 : 1, output: findings.join('\n') }
}
