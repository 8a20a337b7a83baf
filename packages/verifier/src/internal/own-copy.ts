/** A text that is kept. A part of a string may keep the whole of it in memory, which of a token or a proof is not to be kept. */
export function ownCopyOf(text: string): string {
  return JSON.parse(JSON.stringify(text)) as string
}
