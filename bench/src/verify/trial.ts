/** Throws for a contender that accepts a bad token or refuses a good one: its time would mean nothing. */
export async function assertVerifies(name: string, verify: (token: string) => unknown, good: string): Promise<void> {
  if (!(await accepts(verify, good))) throw new Error(`${name} refuses a good token`)
  if (await accepts(verify, tamper(good))) throw new Error(`${name} accepts a tampered token`)
}

async function accepts(verify: (token: string) => unknown, token: string): Promise<boolean> {
  try {
    await verify(token)
    return true
  } catch {
    return false
  }
}

/** Changes a character in the middle of the signature: the last one may hold only padding bits. */
function tamper(token: string): string {
  const at = Math.floor((token.lastIndexOf('.') + token.length) / 2)
  return token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1)
}
