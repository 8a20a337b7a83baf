/**
 * Compares two secrets in a time that does not depend on where they differ, nor on their lengths: what is compared, byte by
 * byte to the end, are their hashes.
 */
export async function constantTimeEqual(left: string, right: string): Promise<boolean> {
  const [a, b] = await Promise.all([hash(left), hash(right)])
  let difference = 0
  a.forEach((byte, index) => {
    difference |= byte ^ (b[index] ?? 0)
  })
  return difference === 0
}

async function hash(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))
}
