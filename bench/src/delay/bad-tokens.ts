import { randomBytes, randomUUID } from 'node:crypto'

/** A kind of invalid token. No two of them are the same. */
export interface BadTokens {
  name: string
  next(): string
}

/** Every kind, made from a good token of each algorithm. */
export function badTokens(good: Record<string, string>): BadTokens[] {
  const [es256, rs256] = [good.ES256 ?? '', good.RS256 ?? '']
  return [
    { name: 'ES256, bad signatures by the published kid', next: () => withBadSignature(es256) },
    { name: 'RS256, bad signatures by the published kid', next: () => withBadSignature(rs256) },
    { name: 'ES256, invented kids', next: () => withInventedKid(es256) },
    { name: 'garbage', next: garbage },
  ]
}

/** The signature has the right length and is below the modulus of any RSA key: nothing can refuse it before the arithmetic. */
function withBadSignature(token: string): string {
  const dot = token.lastIndexOf('.')
  const signature = randomBytes(Buffer.from(token.slice(dot + 1), 'base64url').length)
  signature[0] = 0
  return `${token.slice(0, dot)}.${signature.toString('base64url')}`
}

function withInventedKid(token: string): string {
  const [header = '', ...rest] = token.split('.')
  const members = JSON.parse(Buffer.from(header, 'base64url').toString()) as Record<string, unknown>
  const invented = Buffer.from(JSON.stringify({ ...members, kid: randomUUID() })).toString('base64url')
  return [invented, ...rest].join('.')
}

/** Three parts of random bytes, in base64url. */
function garbage(): string {
  return [32, 256, 64].map((length) => randomBytes(length).toString('base64url')).join('.')
}
