import type { JWK } from 'jose'

// What makes a public key of each type (RFC 7638 §3.2, RFC 8037 §2); symmetric keys prove nothing to anybody else.
const publicMembers: Readonly<Record<string, readonly string[]>> = {
  EC: ['kty', 'crv', 'x', 'y'],
  OKP: ['kty', 'crv', 'x'],
  RSA: ['kty', 'n', 'e'],
}
const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k']

/** The public key in the header of a proof, or what is wrong with it. */
export type ProofKey = { readonly jwk: JWK; readonly problem?: undefined } | { readonly problem: string }

/**
 * Reads the `jwk` of a proof's header: a public key, without a private part, and for no other algorithm than the header's. Does not
 * check that the members are those of a real key: importing it does.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-4.2 RFC 9449 §4.2}
 */
export function readProofKey(value: unknown, algorithm: string): ProofKey {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { problem: 'The header has no jwk.' }
  const given = new Map<string, unknown>(Object.entries(value))
  if (privateMembers.some((name) => given.has(name))) return { problem: 'The jwk holds a private or a symmetric key.' }
  if (given.has('alg') && given.get('alg') !== algorithm) return { problem: 'The jwk is for another algorithm than the header names.' }
  if (given.has('use') && given.get('use') !== 'sig') return { problem: 'The jwk is not for signatures.' }
  const members = Object.hasOwn(publicMembers, String(given.get('kty'))) ? publicMembers[String(given.get('kty'))] : undefined
  if (members === undefined) return { problem: 'The jwk is not of the type EC, OKP or RSA.' }
  const entries = members.map((name) => [name, given.get(name)] as const)
  const absent = entries.find(([, member]) => typeof member !== 'string')
  if (absent !== undefined) return { problem: `The jwk lacks ${absent[0]}.` }
  return { jwk: Object.fromEntries(entries) as JWK }
}
