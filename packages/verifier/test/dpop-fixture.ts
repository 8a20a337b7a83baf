import { createHash, randomUUID } from 'node:crypto'
import type { RequestLike } from '@bailiwick/protocol'
import { calculateJwkThumbprint, CompactSign, exportJWK, generateKeyPair, type JWK } from 'jose'
import type { DpopOptions } from '../src/dpop-options.js'
import { createDpopCheck } from '../src/internal/sender/dpop/dpop-check.js'
import { nowSeconds } from './verifier-fixture.js'

export const publicUrl = 'https://api.example.com'
export const token = 'eyJhbGciOiJFUzI1NiJ9.e30.AAAA'

/** A client with a key of its own. */
export interface ProofKey {
  readonly jwk: JWK
  readonly privateJwk: JWK
  readonly jkt: string
  /** A proof for `GET /orders` and the token of this file, made now; `undefined` leaves a member out. */
  prove(claims?: Record<string, unknown>, header?: Record<string, unknown>): Promise<string>
  /** Signs any bytes as the payload. */
  proveBytes(payload: Uint8Array, header?: Record<string, unknown>): Promise<string>
}

export async function createProofKey(alg = 'ES256', options: { modulusLength?: number } = {}): Promise<ProofKey> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true, ...options })
  const jwk = await exportJWK(publicKey)
  const proveBytes = (payload: Uint8Array, members: Record<string, unknown> = {}) => {
    const header = JSON.parse(JSON.stringify({ typ: 'dpop+jwt', alg, jwk, ...members })) as { alg: string }
    return new CompactSign(payload).setProtectedHeader(header).sign(privateKey)
  }
  return {
    jwk,
    privateJwk: await exportJWK(privateKey),
    jkt: await calculateJwkThumbprint(jwk),
    proveBytes,
    prove: (claims, header) => proveBytes(new TextEncoder().encode(JSON.stringify({ ...proofClaims(), ...claims })), header),
  }
}

/** The claims of a good proof, with a `jti` of its own. */
export function proofClaims() {
  return { jti: randomUUID() as string, htm: 'GET', htu: `${publicUrl}/orders`, iat: nowSeconds, ath: hashOf(token) }
}

export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}

/** A request to `GET /orders` with these `DPoP` fields. */
export function requestWith(proof: string | readonly string[], request: Partial<Pick<RequestLike, 'method' | 'url'>> = {}): RequestLike {
  const headers = new Headers()
  for (const value of [proof].flat()) headers.append('DPoP', value)
  return { method: 'GET', url: '/orders', headers, ...request }
}

/** A check on a clock that stands still until it is moved. */
export function createTestCheck(options: Partial<DpopOptions> = {}) {
  const clock = { seconds: nowSeconds }
  const { check, support } = createDpopCheck({ publicUrl, ...options }, { now: () => clock.seconds * 1000 })
  return {
    clock,
    support,
    /** Presents the token of this file with a proof. */
    present: (proof: string | readonly string[], jkt: string, request: Partial<RequestLike> = {}) =>
      check({ token, jkt, request: { ...requestWith(proof), ...request } }),
    check,
  }
}
