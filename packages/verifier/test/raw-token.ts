/** Puts a token together from anything, signed or not: what is not text or bytes is sent as JSON. */
export function rawToken(header: unknown, payload: unknown, signature: string | Uint8Array = 'AAAA'): string {
  return `${part(header)}.${part(payload)}.${typeof signature === 'string' ? signature : encode(signature)}`
}

/** The parts of a token, still encoded. */
export function partsOf(token: string): [header: string, payload: string, signature: string] {
  const [header = '', payload = '', signature = ''] = token.split('.')
  return [header, payload, signature]
}

function part(value: unknown): string {
  if (typeof value === 'string' || value instanceof Uint8Array) return encode(value)
  return encode(JSON.stringify(value))
}

function encode(value: string | Uint8Array): string {
  return Buffer.from(value).toString('base64url')
}
