import { readFileSync } from 'node:fs'

/** The version of a package that is installed for the bench. */
export function installedVersion(name: string): string {
  const manifest = readFileSync(new URL(`../../node_modules/${name}/package.json`, import.meta.url), 'utf8')
  return (JSON.parse(manifest) as { version: string }).version
}
