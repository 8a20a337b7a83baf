/** Copies a string. A substring may keep the whole string in memory, and tokens and proofs must not be kept. */
export function ownCopyOf(text: string): string {
  return JSON.parse(JSON.stringify(text)) as string
}
