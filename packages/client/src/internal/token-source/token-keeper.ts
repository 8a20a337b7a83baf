import { SingleFlight } from '@bailiwick/protocol'
import type { TokenSet } from '../../token-set.js'
import { withTimeLimit } from './time-limit.js'

/** How new tokens are kept by the app. */
export interface TokenKeeperInput<Claims> {
  readonly onTokens: (tokens: TokenSet<Claims>) => void | Promise<void>
  readonly now: () => number
  /** Told why tokens are not kept yet. */
  onFailure(error: unknown): void
}

/** Hands new tokens to the app until it has kept them. */
export interface TokenKeeper<Claims> {
  /** Waits until they are kept, for a limited time. Never rejects. */
  keep(tokens: TokenSet<Claims>): Promise<void>
  /** Tries again in the background, if the last try failed a while ago. */
  retry(): void
  /** Begins nothing any more, and waits for a call that is under way, for a limited time. */
  stop(): Promise<void>
}

const limitMs = 10_000
const betweenTriesMs = 1000

/**
 * One call of `onTokens` at a time, so that an older set never overwrites a newer one. A call that takes longer than the limit counts as failed, and the next
 * one begins; when it ends after all, and a newer set was kept meanwhile, that one is due once more.
 */
export function createTokenKeeper<Claims>({ onTokens, now, onFailure }: TokenKeeperInput<Claims>): TokenKeeper<Claims> {
  let pending: TokenSet<Claims> | undefined
  let kept: TokenSet<Claims> | undefined
  const calls = new SingleFlight<void>()
  let failedAt = 0
  let isStopped = false
  return {
    async keep(tokens) {
      if (isStopped) return
      pending = tokens
      await withTimeLimit('onTokens', limitMs, () => calls.run(handOver)).catch(onFailure)
    },
    retry() {
      if (pending === undefined || Math.abs(now() - failedAt) < betweenTriesMs) return
      // Whoever began it tells of its failure.
      const isJoined = calls.current !== undefined
      calls.run(handOver).catch(isJoined ? ignore : onFailure)
    },
    async stop() {
      isStopped = true
      pending = undefined
      if (calls.current !== undefined) await withTimeLimit('onTokens', limitMs, () => calls.current).catch(onFailure)
    },
  }

  async function handOver(): Promise<void> {
    while (pending !== undefined) {
      const tokens = pending
      let isGivenUp = false
      const call = async () => {
        await onTokens(tokens)
        // Over a newer set, maybe.
        if (isGivenUp && kept !== undefined && kept !== tokens && !isStopped) pending ??= kept
      }
      try {
        await withTimeLimit('onTokens', limitMs, call)
      } catch (error) {
        isGivenUp = true
        failedAt = now()
        if (pending === tokens) throw error
        continue
      }
      kept = tokens
      if (pending === tokens) pending = undefined
    }
  }
}

function ignore(): void {}
