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

/** The JSON object in one part of a JWT. @throws for anything else */
export function parseJwtPart(jwt: string, part: 0 | 1): Record<string, unknown> {
  return JSON.parse(new TextDecoder().decode(parseBase64url(jwt.split('.')[part] ?? ''))) as Record<string, unknown>
}
