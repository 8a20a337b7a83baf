import { readFile } from 'node:fs/promises'

/** The version of this package, wherever in it this module was built to. */
export async function packageVersion(): Promise<string> {
  for (let url = new URL('package.json', import.meta.url); ; url = new URL('../package.json', url)) {
    const manifest = await readManifest(url)
    if (manifest?.name === '@bailiwick/mock-issuer') return manifest.version
    if (url.pathname === '/package.json') return 'unknown version'
  }
}

async function readManifest(url: URL): Promise<{ name: unknown; version: string } | undefined> {
  try {
    const parsed: unknown = JSON.parse(await readFile(url, 'utf8'))
    if (typeof parsed !== 'object' || parsed === null || !('name' in parsed) || !('version' in parsed)) return undefined
    return { name: parsed.name, version: String(parsed.version) }
  } catch {
    return undefined
  }
}
