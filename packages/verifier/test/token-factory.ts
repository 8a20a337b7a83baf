import { CompactSign, exportJWK, generateKeyPair, type JWK } from 'jose'

export interface TestKey {
  readonly jwk: JWK
  /** Signs anything: a payload that is not a string is sent as JSON. */
  sign(payload: unknown, header?: Record<string, unknown>): Promise<string>
}

/** A key pair with its public JWK, `kid` and `alg` included. */
export async function createTestKey(kid: string, alg = 'ES256'): Promise<TestKey> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true })
  return {
    jwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' },
    sign(payload, header = {}) {
      const text = typeof payload === 'string' ? payload : JSON.stringify(payload)
      const defined = Object.fromEntries(Object.entries({ alg, kid, ...header }).filter(([, value]) => value !== undefined))
      return new CompactSign(new TextEncoder().encode(text)).setProtectedHeader(defined as { alg: string }).sign(privateKey)
    },
  }
}
