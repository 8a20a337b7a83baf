/** Converts a SHA-256 from hexadecimal, in either case, to base64url; `undefined` for any other text. */
export function thumbprintOfHex(text: string): string | undefined {
  if (!/^[0-9a-f]{64}$/i.test(text)) return undefined
  const bytes = text.replaceAll(/../g, (byte) => String.fromCharCode(Number.parseInt(byte, 16)))
  return btoa(bytes).replaceAll('+', '-').replaceAll('/', '_').replace('=', '')
}
