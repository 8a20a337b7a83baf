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
  /** Already verified: a proof says nothing about the token itself. */
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
 * A proof is remembered for longer than it can be accepted. Instances that share a store may have different clocks, clocks are
 * set back, and at the very last moment a proof is still valid.
 */
const replayMarginSeconds = 10
/** 10,000 a second with the default times, which is about what a process can verify. */
const maxRememberedProofs = 1_000_000

/**
 * Checks by RFC 9449 §4.3 that the presenter of a token has the key that it is bound to. The checks run in the order of the
 * RFC, which is not mandatory, with one exception: the key is compared with that of the token before the signature is verified.
 * So a holder of only the token cannot make this API verify signatures of keys of their choice.
 *
 * A proof is used up only after every other check has passed.
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

  /** The signer of a proof, from its header. It must be the key that the token is bound to. */
  async function readSigner({ header, encodedHeader }: CompactJws, jkt: string): Promise<KnownProofKey> {
    checkProofType(header)
    const alg = checkProofAlgorithm(header, algorithms)
    const key = readProofKey(header, alg)
    await checkKeyBinding(key, jkt)
    return { encodedHeader, header, alg, key }
  }
}
