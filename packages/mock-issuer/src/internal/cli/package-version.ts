import { readFile } from 'node:fs/promises'

/** The version of this package, wherever in it this module was built to. */
export async function packageVersion(): Promise<string> {
  let url = new URL('package.json', import.meta.url)
  for (;;) {
    const manifest = await readManifest(url)
    if (manifest?.name === '@bailiwick/mock-issuer') return manifest.version
    const above = new URL('../package.json', url)
    if (above.href === url.href) return 'unknown version'
    url = above
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
