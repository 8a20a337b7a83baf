/** What a document in Markdown leads to, and where one can be led in it. */
export interface MarkdownDocument {
  /** The targets of its links and images, as written, with the line that each stands on, from 1. */
  links: readonly { target: string; line: number }[]
  /** What may stand behind `#`: the headings, as GitHub and npm name them, and ids in HTML. */
  anchors: ReadonlySet<string>
}

/** Reads links in all their forms (inline, by reference, in HTML) and headings. What stands in code is neither. */
export function readMarkdown(text: string): MarkdownDocument {
  const lines = withoutFences(text.split('\n'))
  return {
    links: lines.flatMap((line, n) => targetsOf(withoutCode(line)).map((target) => ({ target, line: n + 1 }))),
    anchors: anchorsOf(lines),
  }
}

/** The same lines, those of fenced blocks empty. */
function withoutFences(lines: readonly string[]): string[] {
  let fence: string | undefined
  return lines.map((line) => {
    const [, mark] = /^\s*(```+|~~~+)/.exec(line) ?? []
    if (fence === undefined) {
      fence = mark
      return mark === undefined ? line : ''
    }
    if (mark !== undefined && mark.startsWith(fence) && line.trim() === mark) fence = undefined
    return ''
  })
}

const withoutCode = (line: string) => line.replaceAll(/(`+)(?!`).*?(?<!`)\1(?!`)/g, '')

function targetsOf(line: string): string[] {
  const inline = [...line.matchAll(/\]\(\s*<?([^)\s>]*)>?(?:\s+(?:"[^"]*"|'[^']*'))?\s*\)/g)].map(([, target = '']) => target)
  const byReference = [...line.matchAll(/^ {0,3}\[[^\]^][^\]]*\]:\s*<?([^\s>]+)/g)].map(([, target = '']) => target)
  const html = [...line.matchAll(/\b(?:href|src)\s*=\s*(["'])(.*?)\1/g)].map(([, , target = '']) => target)
  const sets = [...line.matchAll(/\bsrcset\s*=\s*(["'])(.*?)\1/g)].flatMap(([, , set = '']) =>
    set.split(',').map((candidate) => candidate.trim().split(/\s/)[0] ?? ''),
  )
  return [...inline, ...byReference, ...html, ...sets]
}

function anchorsOf(lines: readonly string[]): Set<string> {
  const anchors = new Set(
    lines.flatMap((line) => [...withoutCode(line).matchAll(/<\w+[^>]*\s(?:id|name)="([^"]+)"/g)].map(([, id = '']) => id)),
  )
  const seen = new Map<string, number>()
  for (const line of lines) {
    const [, heading] = /^ {0,3}#{1,6}\s+(.*?)\s*#*\s*$/.exec(line) ?? []
    if (heading === undefined) continue
    const slug = slugOf(heading)
    const before = seen.get(slug) ?? 0
    seen.set(slug, before + 1)
    anchors.add(before === 0 ? slug : `${slug}-${before}`)
  }
  return anchors
}

/** Lower case; letters, digits, `_` and `-` stay; each space becomes a hyphen. Of a link its text counts. */
function slugOf(heading: string): string {
  return heading
    .replaceAll(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/(?<!\w)_([^_]+)_(?!\w)/g, '$1')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}_\- ]/gu, '')
    .replaceAll(' ', '-')
}
