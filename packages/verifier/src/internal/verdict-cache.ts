import { BoundedMap, isThenable, type VerifiedAccessToken } from '@bailiwick/protocol'
import type { TokenSelector } from '../token-selector.js'
import type { VerdictCacheOptions } from '../verdict-cache-options.js'
import { objectBytes } from './object-bytes.js'
import { checkNumber, checkOptionNames } from './options.js'
import { checkSelector, isSelected } from './selected-tokens.js'

/** The result of verifying a token, whoever presents it. */
export interface Verdict {
  readonly accessToken: VerifiedAccessToken
  /**
   * The claim `cnf`: the proof of possession that the sender owes; `undefined` without one. It is stored here because a cached
   * verdict is all that the sender check has.
   */
  readonly confirmation: unknown
  /**
   * Revalidates: whether everything that can change is still as it was when the verdict was made. Never throws or rejects: if
   * it cannot be decided now, it is `false`, and the token is verified again.
   */
  stands(): boolean | Promise<boolean>
}

/** A verdict that can be cached, by its token. */
export interface TokenVerdict extends Verdict {
  readonly token: string
}

/** Verifies a token, whoever presents it. */
export type Examine<V extends Verdict = Verdict> = (token: string) => V | Promise<V>

/** Verifies tokens, or returns cached verdicts. */
export interface VerdictCache {
  /** @throws or rejects as the examination does; only verdicts are remembered, never errors */
  examine(token: string): Verdict | Promise<Verdict>
  /** The cached verdict, if it is still valid and no promise is needed. Never throws. */
  recall(token: string): Verdict | undefined
  /** Evicts verdicts: the next request with such a token verifies it again. Takes time in proportion to the size of the cache. */
  evict(selector: TokenSelector): void
}

/**
 * Caches verdicts and revalidates each on use. The key is a 32-bit hash of the token's last 12 characters, which belong to its
 * signature; hashing the whole token would cost more than everything else. The whole token is then compared, so a collision
 * costs a miss and never gives the wrong verdict. Two valid tokens with one key, one pair in 2³², evict each other.
 */
export function createVerdictCache(options: VerdictCacheOptions | false = {}, examine: Examine<TokenVerdict>): VerdictCache {
  if (options === false) return { examine, recall: () => undefined, evict: checkSelector }
  const verdicts = new BoundedMap<TokenVerdict, number>(resolveBounds(options))
  /** A verification that was in flight during an eviction may be of an evicted token: its verdict is not cached. */
  let evictions = 0

  return { examine: remember, recall, evict }

  function recall(token: string): Verdict | undefined {
    const verdict = keptOn(token)
    return verdict?.stands() === true ? verdict : undefined
  }

  function keptOn(token: string): Verdict | undefined {
    const kept = typeof token === 'string' ? verdicts.get(placeOf(token)) : undefined
    return kept !== undefined && kept.token === token ? kept : undefined
  }

  function remember(token: string): Verdict | Promise<Verdict> {
    const verdict = keptOn(token)
    if (verdict === undefined) return examineAnew(token)
    const stands = verdict.stands()
    if (stands === true) return verdict
    return stands === false ? forgetAndExamine(token) : stands.then((still) => (still ? verdict : forgetAndExamine(token)))
  }

  function forgetAndExamine(token: string): Verdict | Promise<Verdict> {
    verdicts.delete(placeOf(token))
    return examineAnew(token)
  }

  function examineAnew(token: string): Verdict | Promise<Verdict> {
    const verdict = examine(token)
    if (!isThenable(verdict)) return keep(verdict)
    const since = evictions
    return verdict.then((ready) => (since === evictions ? keep(ready) : ready))
  }

  function keep(verdict: TokenVerdict): Verdict {
    verdicts.set(placeOf(verdict.token), verdict, estimatedBytes(verdict))
    return verdict
  }

  function evict(selector: TokenSelector): void {
    checkSelector(selector)
    evictions += 1
    for (const { key, value } of verdicts.entries()) {
      const isMeant = value.token === selector.token || isSelected(value.accessToken, selector)
      if (isMeant) verdicts.delete(key)
    }
  }
}

/** A 32-bit hash of the last 72 bits of the token. */
function placeOf(token: string): number {
  let place = 0
  for (let at = Math.max(0, token.length - 12); at < token.length; at += 1) place = (Math.imul(place, 65_599) + token.charCodeAt(at)) | 0
  return place
}

/** The token itself, its claims as text and as objects, and the cache entry. More than `npm run bench -- growth` measures. */
function estimatedBytes({ token, accessToken }: TokenVerdict): number {
  return 512 + Math.ceil(2.5 * token.length) + objectBytes(accessToken.claims)
}

function resolveBounds(options: VerdictCacheOptions): Required<{ maxEntries: number; maxBytes: number }> {
  checkOptionNames('cache', options, ['maxEntries', 'maxBytes'])
  return {
    maxEntries: checkNumber('cache.maxEntries', options.maxEntries ?? 10_000, { min: 1, max: 10_000_000 }),
    maxBytes: checkNumber('cache.maxBytes', options.maxBytes ?? 67_108_864, { min: 1 }),
  }
}
