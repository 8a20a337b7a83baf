import { vi } from 'vitest'
import { createStaticJwks } from '../src/internal/static-jwks.js'
import type { KeySource, VerificationKey } from '../src/key-source.js'
import { claims, createVerifier, key } from './verifier-fixture.js'

export const [published] = (await createStaticJwks({ keys: [key.jwk] }).keysFor({ alg: 'ES256', kid: '2026' })) as [VerificationKey]

/** A source whose one key counts the signatures that it is asked about, and that can be changed. */
export function countingKeys() {
  const counted = { ...published, signed: vi.fn<VerificationKey['signed']>((token, alg) => published.signed(token, alg)) }
  const state: { keys: readonly VerificationKey[] } = { keys: [counted] }
  const source: KeySource = { keysFor: () => state.keys, newerKeysFor: () => Promise.resolve([]) }
  return { source, state, counted, signatures: () => counted.signed.mock.calls.length }
}

/** A verifier that has verified a token before, and the keys by which it did. */
export async function verifiedOnce(more: Record<string, unknown> = {}) {
  const keys = countingKeys()
  const verifier = createVerifier({ keys: keys.source })
  const token = await key.sign({ ...claims, ...more })
  return { keys, verifier, token, first: await verifier.verify(token) }
}
