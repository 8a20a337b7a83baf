import { sha256 } from '#platform'

/** The SHA-256 of a text in UTF-8, as base64url: at once on some platforms, later on others. */
export function hashText(text: string): string | Promise<string> {
  return sha256(text)
}
