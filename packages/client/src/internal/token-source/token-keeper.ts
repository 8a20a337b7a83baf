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

/** Calls of the app that are under way. */
interface Run {
  readonly end: Promise<void>
  isOver: boolean
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
  let running: Run | undefined
  let failedAt = 0
  let isStopped = false
  return {
    async keep(tokens) {
      if (isStopped) return
      pending = tokens
      await withTimeLimit('onTokens', limitMs, run).catch(onFailure)
    },
    retry() {
      if (pending === undefined || Math.abs(now() - failedAt) < betweenTriesMs) return
      // Whoever began it tells of its failure.
      run().catch(running === undefined ? onFailure : ignore)
    },
    async stop() {
      isStopped = true
      pending = undefined
      if (running !== undefined) await withTimeLimit('onTokens', limitMs, () => running?.end).catch(onFailure)
    },
  }

  function run(): Promise<void> {
    const joined = running
    if (joined === undefined) return begin()
    return joined.end.catch((error: unknown) => {
      // Workers end it with the request of theirs in which it began: it is never over, and there is nothing left to wait for.
      if (joined.isOver) throw error
      if (running === joined) running = undefined
      return run()
    })
  }

  function begin(): Promise<void> {
    const end = handOver().finally(() => {
      begun.isOver = true
      if (running === begun) running = undefined
    })
    const begun: Run = { end, isOver: false }
    running = begun
    return end
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
