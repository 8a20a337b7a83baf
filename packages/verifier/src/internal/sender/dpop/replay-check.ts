import { sha256 } from '#platform'
import type { Store } from '@bailiwick/protocol'
import { AccessTokenError } from '../../../access-token-error.js'
import { withinTime } from '../../within-time.js'

export interface ReplayCheckInput {
  readonly store: Pick<Store, 'add'>
  readonly ttlMs: number
  readonly timeoutMs: number
}

/** @throws {AccessTokenError} `dpop_proof_replayed`, `replay_unavailable` */
export type ReplayCheck = (jkt: string, jti: string) => Promise<void>

/**
 * Uses a proof up: the store adds it if absent, which succeeds for exactly one of several requests with the same proof, on any
 * instance. If the store fails, the request is refused as undecided, not as a replay.
 *
 * The key in the store is a hash, so that its size and alphabet do not depend on the client's `jti`.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-11.1 RFC 9449 §11.1}
 */
export function createReplayCheck({ store, ttlMs, timeoutMs }: ReplayCheckInput): ReplayCheck {
  const onTimeout = () => new Error(`the store did not answer within ${timeoutMs} ms`)

  return async (jkt, jti) => {
    // The thumbprint has a fixed length, so no other pair gives the same text.
    const key = `dpop:${await sha256(`${jkt}.${jti}`)}`
    let isNew: unknown
    try {
      isNew = await withinTime(store.add(key, '', { ttlMs }), { timeoutMs, onTimeout })
    } catch (cause) {
      throw unavailable(cause)
    }
    if (isNew === false) throw new AccessTokenError('dpop_proof_replayed')
    if (isNew !== true) throw unavailable(new TypeError('the store gave neither true nor false'))
  }
}

function unavailable(cause: unknown): AccessTokenError {
  return new AccessTokenError('replay_unavailable', {
    detail: cause instanceof Error ? cause.message : undefined,
    cause,
    retryAfterSeconds: 1,
  })
}
