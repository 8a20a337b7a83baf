import { CompactSign, exportJWK, generateKeyPair, type JWK } from 'jose'

export interface TestKey {
  readonly jwk: JWK
  /** Signs anything: a payload that is not a string is sent as JSON. */
  sign(payload: unknown, header?: Record<string, unknown>): Promise<string>
  signBytes(payload: Uint8Array, header?: Record<string, unknown>): Promise<string>
}

/** A key pair with its public JWK, `kid` and `alg` included. */
export async function createTestKey(kid: string, alg = 'ES256'): Promise<TestKey> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true })
  const signBytes = (payload: Uint8Array, header: Record<string, unknown> = {}) => {
    const members = Object.entries({ alg, kid, ...header }).filter(([, value]) => value !== undefined)
    return new CompactSign(payload).setProtectedHeader(Object.fromEntries(members) as { alg: string }).sign(privateKey)
  }
  return {
    jwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' },
    signBytes,
    sign: (payload, header) => signBytes(new TextEncoder().encode(typeof payload === 'string' ? payload : JSON.stringify(payload)), header),
  }
}
