import { posix } from 'node:path'
import { readMarkdown } from './markdown-document.js'
import type { PublishedPackage } from './published-package.js'

/**
 * The links of a package's documents that lead nowhere for whoever has its tarball and nothing else: out of it, to a file that is not
 * in it, or to a heading that its document lacks. Whole URLs are not looked at.
 */
export function deadLinks({ files, documents }: Pick<PublishedPackage, 'files' | 'documents'>): string[] {
  const read = new Map([...documents].map(([path, text]) => [path, readMarkdown(text)]))
  return [...read].flatMap(([document, { links }]) =>
    links.flatMap(({ target, line }) => {
      if (/^[a-z][a-z\d+.-]*:/i.test(target)) return []
      const [path = '', anchor] = target.split('#')
      const led = path === '' ? document : posix.join(posix.dirname(document), decodeURIComponent(path))
      const at = `${document}:${line}: ${target}`
      if (path.startsWith('/') || led.startsWith('../')) return [`${at} leaves the package`]
      if (!files.has(led)) return [`${at} is not in the tarball`]
      if (anchor === undefined || read.get(led)?.anchors.has(anchor) === true) return []
      return [`${at} names no heading`]
    }),
  )
}

/** What a package's documents call a package of ours, or a path in one, that no user can install. */
export function unknownPackages(published: Pick<PublishedPackage, 'documents'>, all: readonly PublishedPackage[]): string[] {
  return [...published.documents].flatMap(([document, text]) =>
    text
      .split('\n')
      .flatMap((line, n) =>
        [...line.matchAll(/@bailiwick\/[\w./-]*\w/g)]
          .filter(([specifier]) => !all.some((each) => isOf(each, specifier)))
          .map(([specifier]) => `${document}:${n + 1}: ${specifier}`),
      ),
  )
}

/** An entry point, a file or a folder of the package. */
function isOf({ name, exports, files }: PublishedPackage, specifier: string): boolean {
  if (exports.includes(specifier)) return true
  const path = specifier.startsWith(`${name}/`) ? specifier.slice(name.length + 1) : undefined
  return path !== undefined && [...files].some((file) => file === path || file.startsWith(`${path}/`))
}
