/**
 * The first 16 hexadecimal digits of the token's SHA-256: tells tokens apart and gives none away. `undefined` where the platform
 * cannot hash, since a log entry must not decide on a request.
 */
export async function fingerprintToken(token: string): Promise<string | undefined> {
  try {
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(token))
    return Array.from(new Uint8Array(digest, 0, 8), (byte) => byte.toString(16).padStart(2, '0')).join('')
  } catch {
    return undefined
  }
}
