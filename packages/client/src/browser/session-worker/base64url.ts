/** Writes bytes, or the UTF-8 of a text, as base64url without padding (RFC 7515 §2). */
export function formatBase64url(value: ArrayBuffer | Uint8Array | string): string {
  const bytes = typeof value === 'string' ? new TextEncoder().encode(value) : new Uint8Array(value)
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')
}

/** The way back. @throws for text that is none */
export function parseBase64url(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0))
}

/** The JSON object in one part of a compact JWS; of anything else, an empty one: what is looked for in it is not there. */
export function parseJwtPart(jwt: string, part: 0 | 1): Record<string, unknown> {
  const parts = jwt.split('.')
  try {
    const value = parts.length === 3 && (JSON.parse(new TextDecoder().decode(parseBase64url(String(parts[part])))) as unknown)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}
