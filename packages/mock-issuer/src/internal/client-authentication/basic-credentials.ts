/** What the `Authorization` header of `client_secret_basic` carries. */
export interface BasicCredentials {
  readonly clientId: string
  readonly clientSecret: string
}

/**
 * Reads an `Authorization` header: base64 of the form-encoded id and the form-encoded secret (RFC 6749 §2.3.1). `undefined`
 * if it is of another scheme or anything in it is malformed.
 */
export function parseBasicCredentials(header: string): BasicCredentials | undefined {
  const encoded = /^basic +([a-z0-9+/]+={0,2})$/i.exec(header)?.[1]
  if (encoded === undefined) return undefined
  try {
    const bytes = Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0))
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    const colon = text.indexOf(':')
    if (colon === -1) return undefined
    return { clientId: formDecode(text.slice(0, colon)), clientSecret: formDecode(text.slice(colon + 1)) }
  } catch {
    return undefined
  }
}

function formDecode(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' '))
}
