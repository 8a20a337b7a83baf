import { fencedBlocks } from '../package-shape/doc-examples.js'
import type { PublishedPackage } from './published-package.js'

/**
 * What the examples of a document import, and neither it nor the package's README says how to install. Some package managers let a project
 * import only what it asks for itself, whatever its dependencies bring along.
 */
export function uninstalledImports({ name, documents }: Pick<PublishedPackage, 'name' | 'documents'>): string[] {
  const readme = installedBy(documents.get('README.md') ?? '')
  return [...documents].flatMap(([document, text]) => {
    const installed = new Set([name, ...readme, ...installedBy(text)])
    const imported = fencedBlocks(document, text, 1).flatMap(({ code }) => importedBy(code))
    return [...new Set(imported)].filter((each) => !installed.has(each)).map((each) => `${document}: ${each}`)
  })
}

/** The names behind each `npm install`, in a block or in a sentence. */
function installedBy(text: string): string[] {
  return [...text.matchAll(/\bnpm install ([^`\n]+)/g)].flatMap(([, names = '']) => names.trim().split(/\s+/))
}

/** The packages that a piece of code imports; modules of Node and of its own are none. */
function importedBy(code: string): string[] {
  return [...code.matchAll(/^(?:import\b(?: [^'"=]+ from)?|export (?:type )?[{*][^'"=]* from)\s*['"]([^'"]+)['"]/gm)]
    .map(([, specifier = '']) => specifier)
    .filter((specifier) => !/^[./#]|^node:/.test(specifier))
    .map((specifier) => /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier)
}
