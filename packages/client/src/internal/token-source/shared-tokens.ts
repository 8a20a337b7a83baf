import type { Store } from '@bailiwick/protocol'
import { TokenSet } from '../../token-set.js'
import type { RenewalRequest } from './token-origin.js'
import { withTimeLimit } from './time-limit.js'

/** Which tokens are shared, and where. */
export interface SharedTokensInput<Claims> {
  readonly store: Store
  key(): Promise<string>
  /** As text, in which all who share them read the same times; and back. */
  format(tokens: TokenSet<Claims>): string
  parse(text: string): Promise<TokenSet<Claims>>
  /** Asks the server. */
  request(): Promise<TokenSet<Claims>>
  /** How long a token is good yet, in milliseconds, and whether that is long enough for the purpose. */
  leftMs(tokens: TokenSet<Claims>): number
  isFresh(tokens: TokenSet<Claims>, minimumMs: number): boolean
  sleep(milliseconds: number): Promise<void>
  /** Milliseconds that only go forward, from whenever. Default `performance.now`. */
  readonly monotonicMs?: () => number
  onStoreFailure(error: unknown): undefined
}

/** A store that takes longer is gone on without. */
const storeLimitMs = 1000
/** Longer than a request takes, in case that its maker dies. */
const lockMs = 15_000
const longestStoredMs = 86_400_000
/** However long the store takes for its answers. */
const longestWaitMs = 5000
/** How long to leave another instance the time to get the tokens: 5 seconds in all. Then there are two requests, which does no harm. */
const pausesMs = [50, 100, ...Array.from({ length: 24 }, () => 200)]

/**
 * Gets tokens of a machine from where other instances have put them, or asks for them, one instance at a time, and puts them there: without
 * refresh or ID token, and never for longer than they live. Without the store, each instance asks for itself.
 */
export function createSharedTokens<Claims>(
  input: SharedTokensInput<Claims>,
): (request: RenewalRequest<Claims>) => Promise<TokenSet<Claims>> {
  const { store, format, parse, request, leftMs, isFresh, sleep, monotonicMs = () => performance.now(), onStoreFailure } = input
  let isOut = false

  return async (need) => {
    isOut = false
    const key = await input.key()
    const lockKey = `${key}:lock`
    const owner = crypto.randomUUID()
    const endsAt = monotonicMs() + longestWaitMs
    for (const pauseMs of pausesMs) {
      const shared = await read(key, need)
      if (shared !== undefined) return shared
      const isLocked = await asking(() => store.add(lockKey, owner, { ttlMs: lockMs }))
      if (isLocked === undefined) break
      if (isLocked) return underLock(key, lockKey, owner, need)
      if (monotonicMs() >= endsAt) break
      await sleep(pauseMs)
    }
    return requestAndWrite(key)
  }

  async function underLock(key: string, lockKey: string, owner: string, need: RenewalRequest<Claims>): Promise<TokenSet<Claims>> {
    try {
      // Another may have written and unlocked after it was read here.
      return (await read(key, need)) ?? (await requestAndWrite(key))
    } finally {
      await unlock(lockKey, owner)
    }
  }

  async function requestAndWrite(key: string): Promise<TokenSet<Claims>> {
    const tokens = withoutSecrets(await request())
    const ttlMs = Math.min(Math.floor(leftMs(tokens)), longestStoredMs)
    if (tokens.expiresAt !== undefined && ttlMs > 0) await asking(() => store.set(key, format(tokens), { ttlMs }))
    return tokens
  }

  async function read(key: string, { held, minimumMs }: RenewalRequest<Claims>): Promise<TokenSet<Claims> | undefined> {
    const text = await asking(() => store.get(key))
    const tokens = text === undefined ? undefined : await parse(text).then(asStored).catch(onStoreFailure)
    if (tokens === undefined || tokens.accessToken === held?.accessToken) return undefined
    return isFresh(tokens, minimumMs) ? tokens : undefined
  }

  /** Nobody else's: what is swapped here stays for a second, in which nobody else can lock. */
  async function unlock(lockKey: string, owner: string): Promise<void> {
    const isOwn = await asking(() => store.compareAndSwap(lockKey, owner, 'over', { ttlMs: storeLimitMs }))
    if (isOwn === true) await asking(() => store.delete(lockKey))
  }

  /** `undefined` where the store does not answer; for the rest of this renewal, it is not asked again then. */
  async function asking<T>(ask: () => Promise<T>): Promise<T | undefined> {
    if (isOut) return undefined
    try {
      return await withTimeLimit('The store', storeLimitMs, ask)
    } catch (error) {
      isOut = true
      onStoreFailure(error)
      return undefined
    }
  }
}

/** Machines get neither (RFC 6749 §4.4.3), and what is not stored cannot be stolen. */
function withoutSecrets<Claims>(tokens: TokenSet<Claims>): TokenSet<Claims> {
  const { refreshToken: _, idToken: __, claims: ___, ...members } = TokenSet.membersOf(tokens)
  return new TokenSet<Claims>(members)
}

/** What nothing of ours has written is not taken from there either: who can write to the store makes nobody of the user, and no token one for ever. */
function asStored<Claims>(tokens: TokenSet<Claims>): TokenSet<Claims> {
  const { expiresAt, ...members } = TokenSet.membersOf(withoutSecrets(tokens))
  const latest = members.receivedAt + longestStoredMs / 1000
  return new TokenSet<Claims>({ ...members, expiresAt: expiresAt === undefined ? undefined : Math.min(expiresAt, latest) })
}
