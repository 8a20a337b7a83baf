import { forgeries, type Forgery } from '@bailiwick/mock-issuer'
import type { PeerFindings } from './attack-peers.js'

/** What the peers let in, in Markdown: a page of the mock issuer's documentation. */
export function formatPeers(peers: readonly PeerFindings[]): string {
  const sent = peers.map((peer) => peer.sent)
  return `# What an attack finds in other libraries

Each library protects a route as its documentation shows it, trusts the mock issuer, and is sent the whole catalogue of forgeries over a
socket ([the same attack on your API](attacks.md#attack-an-api)). The repository of Bailiwick has the programs in \`tests/attack\`, with a test
that fails when this page is no longer true of these versions.

${table(['', ...peers.map(({ name }) => name)], summaryRows(peers))}

- **critical**: anybody can make such a token. **serious**: a genuine token is taken for what it is not meant for, or from whom it is not
  meant for. **lenient**: the token is genuine, and the library less exact than the RFC; no harm by itself.
- **faults**: answered with 500 or not at all, where it should be 401. Nobody gets in, and whoever watches for outages sees one.
- **refused with another answer**: a status or a challenge that RFC 6750 §3 does not have; clients cannot tell what to do.
- Some of what is lenient no RFC forbids: an \`iat\` that is ahead, JSON that nests deep, a \`cnf\` that RFC 7800 §3.1 lets an API ignore. It is there
  because an API that looks closely would notice.
- Libraries without a check for scopes were not sent the forgeries about scopes: ${Math.min(...sent)} in place of ${Math.max(...sent)}.
- A generic JWT library does not promise to tell access tokens from other JWTs. What it lets in is what an API lets in that relies on it alone.

## How each was set up

${peers.map(({ name, versions, options }) => `- **${name}** (${versionsOf(versions)}): \`${options}\``).join('\n')}

## What was let in

How many ways of each forgery were let in, of those that were sent; nothing where none was.

${table(['forgery', 'severity', 'by', ...peers.map(({ name }) => name)], letInRows(peers))}

Back to the [README](../README.md).
`
}

function summaryRows(peers: readonly PeerFindings[]): string[][] {
  const letIn = (severity: string) => peers.map(({ findings }) => String(findings.let_in.filter((one) => one.severity === severity).length))
  return [
    ['let in: critical', ...letIn('critical')],
    ['let in: serious', ...letIn('serious')],
    ['let in: lenient', ...letIn('lenient')],
    ['asked where the token pointed', ...peers.map(({ findings }) => String(findings.lured.length))],
    ['faults', ...peers.map(({ findings }) => String(findings.fault.length))],
    ['refused with another answer', ...peers.map(({ refusedOtherwise }) => String(refusedOtherwise))],
    ['as it should be', ...peers.map(({ asExpected }) => String(asExpected))],
  ]
}

function letInRows(peers: readonly PeerFindings[]): string[][] {
  return Object.values(forgeries).flatMap((forgery: Forgery) =>
    (['critical', 'serious', 'lenient'] as const).flatMap((severity) => {
      const due = forgery.variants.filter((variant) => variant.severity === severity && variant.profile === undefined)
      const names = new Set(due.map(({ name }) => `${forgery.name}.${name}`))
      const letIn = peers.map(({ findings }) => findings.let_in.filter((one) => names.has(one.forgery)).length)
      if (letIn.every((number) => number === 0)) return []
      const { number, section, url } = forgery.rfc
      const cells = letIn.map((count) => (count === 0 ? '' : `${count} of ${due.length}`))
      return [[`${forgery.title} (\`${forgery.name}\`)`, severity, `[RFC ${number} §${section}](${url})`, ...cells]]
    }),
  )
}

function versionsOf(versions: Readonly<Record<string, string>>): string {
  return Object.entries(versions)
    .map(([name, version]) => `${name} ${version}`)
    .join(', ')
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((cell, column) => Math.max(3, cell.length, ...rows.map((row) => row[column]?.length ?? 0)))
  const line = (cells: readonly string[]) => `| ${widths.map((width, column) => (cells[column] ?? '').padEnd(width)).join(' | ')} |`
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n')
}
