import { base64url } from 'jose'

/** The three parts of a compact JWS, as text. */
export type TokenParts = readonly [header: string, payload: string, signature: string]

/** Splits a token that is known to have three parts. */
export function splitToken(token: string): TokenParts {
  const [header = '', payload = '', signature = ''] = token.split('.')
  return [header, payload, signature]
}

/** A header or payload, from its JSON or as it is, in base64url. */
export function encodePart(part: object | string): string {
  return base64url.encode(typeof part === 'string' ? part : JSON.stringify(part))
}

/** The object that a part of a genuine token holds. */
export function decodePart(part: string): Record<string, unknown> {
  return JSON.parse(new TextDecoder().decode(base64url.decode(part)))
}

/** The token with another signature. */
export function withSignature(token: string, change: (signature: Uint8Array) => Uint8Array): string {
  const [header, payload, signature] = splitToken(token)
  return `${header}.${payload}.${base64url.encode(change(base64url.decode(signature)))}`
}

/** The token with another payload, under the signature of the first one. */
export function withPayload(token: string, payload: object): string {
  const [header, , signature] = splitToken(token)
  return `${header}.${encodePart(payload)}.${signature}`
}

/** What is given on top, and without what is `undefined` there. */
export function merged(members: Readonly<Record<string, unknown>>, changes: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries({ ...members, ...changes }).filter(([, value]) => value !== undefined))
}
