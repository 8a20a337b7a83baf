import type { DpopSupport, RequestLike } from '@bailiwick/protocol'
import type { DpopOptions } from '../../../dpop-options.js'
import type { CompactJws } from '../../compact-jws.js'
import { isStartOf } from '../../known-headers.js'
import { resolveDpopOptions } from './dpop-settings.js'
import { checkKeyBinding } from './key-binding.js'
import { createKnownProofKeys, type KnownProofKey } from './known-proof-keys.js'
import { checkProofAlgorithm } from './proof-algorithm.js'
import { readProofClaims } from './proof-claims.js'
import { readProofField } from './proof-field.js'
import { parseProof } from './proof-form.js'
import { readProofKey } from './proof-key.js'
import { checkProofLifetime } from './proof-lifetime.js'
import { checkProofMethod } from './proof-method.js'
import { checkProofNonce } from './proof-nonce.js'
import { checkProofSignature } from './proof-signature.js'
import { checkProofTarget } from './proof-target.js'
import { checkProofType } from './proof-type.js'
import { createReplayCheck } from './replay-check.js'
import { createReplayMemory } from './replay-memory.js'
import { createServerNonces } from './server-nonces.js'
import { checkTokenHash } from './token-hash.js'

/** The token, the thumbprint of the key that it is bound to, and the request that presents it. */
export interface DpopCheckInput {
  /** The token must have been verified: a proof says nothing of it. */
  readonly token: string
  readonly jkt: string
  readonly request: RequestLike
}

export interface DpopCheck {
  readonly support: DpopSupport
  /** @throws {AccessTokenError} `replay_unavailable`, and those that begin with `dpop_` */
  check(input: DpopCheckInput): Promise<void>
}

/**
 * A proof is remembered for longer than it can be accepted, as instances that share a store may differ in their clocks, and clocks
 * are set back. It covers the very last moment too, at which the proof is still good and its entry would be gone.
 */
const replayMarginSeconds = 10
/** 10,000 a second with the default times, which is about what a process can verify. */
const maxRememberedProofs = 1_000_000

/**
 * Checks that whoever presents a token has the key that it is bound to, by RFC 9449 §4.3. The RFC leaves the order of the checks
 * open; theirs is kept but for one. The key is compared with that of the token before the signature is verified: with a token
 * alone, nobody can have signatures of keys that they have chosen verified here.
 *
 * A proof is used up when all else has been found good.
 *
 * @throws {ConfigurationError}
 * @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-4.3 RFC 9449 §4.3}
 */
export function createDpopCheck(options: DpopOptions, { now }: { now: () => number }): DpopCheck {
  const { publicUrls, algorithms, replayStore, replayTimeoutMs, nonce, ...limits } = resolveDpopOptions(options)
  const ttlMs = (limits.maxProofAgeSeconds + limits.clockToleranceSeconds + replayMarginSeconds) * 1000
  const store = replayStore ?? createReplayMemory({ ttlMs, maxEntries: maxRememberedProofs, now, elapsedMs: () => performance.now() })
  const useUp = createReplayCheck({ store, ttlMs, timeoutMs: replayTimeoutMs })
  const nonces = nonce && createServerNonces({ ...nonce, clockToleranceSeconds: limits.clockToleranceSeconds, now })
  const knownKeys = createKnownProofKeys()
  const support = nonces === undefined ? { algorithms } : { algorithms, nonce: () => nonces.current() }

  return { support: Object.freeze(support), check }

  async function check({ token, jkt, request }: DpopCheckInput): Promise<void> {
    const known = knownKeys.get(jkt)
    const proof = readProofField(request.headers)
    const jws = parseProof(proof, { startOf: (text) => (known !== undefined && isStartOf(known, text) ? known : undefined) })
    const claims = readProofClaims(jws.encodedPayload)
    const signer = jws.known ?? (await readSigner(jws, jkt))
    await checkProofSignature(proof, signer.key, signer.alg)
    checkProofMethod(claims.htm, request.method)
    checkProofTarget(claims.htu, request.url, publicUrls)
    if (nonces !== undefined) await checkProofNonce(claims.nonce, nonces)
    checkProofLifetime(claims.iat, now() / 1000, limits)
    await checkTokenHash(claims.ath, token)
    knownKeys.add(jkt, signer)
    await useUp(jkt, claims.jti)
  }

  /** What the header of a proof says of its signer, who is the one that the token is bound to. */
  async function readSigner({ header, encodedHeader }: CompactJws, jkt: string): Promise<KnownProofKey> {
    checkProofType(header)
    const alg = checkProofAlgorithm(header, algorithms)
    const key = readProofKey(header, alg)
    await checkKeyBinding(key, jkt)
    return { encodedHeader, header, alg, key }
  }
}
