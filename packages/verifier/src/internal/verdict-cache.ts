import { BoundedMap, isThenable, type VerifiedAccessToken } from '@bailiwick/protocol'
import type { TokenSelector } from '../token-selector.js'
import type { VerdictCacheOptions } from '../verdict-cache-options.js'
import { objectBytes } from './object-bytes.js'
import { checkNumber, checkOptionNames } from './options.js'
import { checkSelector, isSelected } from './selected-tokens.js'

/** What was found out about a token, whoever presents it. */
export interface Verdict {
  readonly accessToken: VerifiedAccessToken
  /** The claim `cnf`, which is what its sender has to show; `undefined` without one. Here too, since a verdict that is kept is then all there is to look at. */
  readonly confirmation: unknown
  /**
   * Whether everything that can change still is as it was when the verdict was made. It neither throws nor rejects: what cannot be
   * said now is a `false`, and the token is examined anew.
   */
  stands(): boolean | Promise<boolean>
}

/** A verdict that can be found again, by the token that it is on. */
export interface TokenVerdict extends Verdict {
  readonly token: string
}

/** Finds out about a token, from nothing but the token. */
export type Examine<V extends Verdict = Verdict> = (token: string) => V | Promise<V>

/** Examines tokens, or remembers what came of it. */
export interface VerdictCache {
  /** @throws or rejects as the examination does; only verdicts are remembered, never errors */
  examine(token: string): Verdict | Promise<Verdict>
  /** The verdict that is kept, if it stands and there is nothing to wait for. It never throws. */
  recall(token: string): Verdict | undefined
  /** Forgets; the next request with such a token has it examined anew. It takes time in proportion to what is kept. */
  evict(selector: TokenSelector): void
}

/**
 * Remembers verdicts, and has each confirmed on every use. They are found by a number that is made of the end of the token, which
 * belongs to its signature: hashing the whole would cost more than all else. The whole is then compared, so that no other token can
 * have a verdict that is not its own; two good tokens of one number, which are one pair in four thousand million, push each other out.
 */
export function createVerdictCache(options: VerdictCacheOptions | false = {}, examine: Examine<TokenVerdict>): VerdictCache {
  if (options === false) return { examine, recall: () => undefined, evict: checkSelector }
  const verdicts = new BoundedMap<TokenVerdict, number>(resolveBounds(options))
  /** What is being examined while something is evicted may be what is meant: it is not kept. */
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

/** 32 bits that are made of the last 72 of the token. */
function placeOf(token: string): number {
  let place = 0
  for (let at = Math.max(0, token.length - 12); at < token.length; at += 1) place = (Math.imul(place, 65_599) + token.charCodeAt(at)) | 0
  return place
}

/** The token itself, its claims as text and as objects, and what is kept around them: above what `npm run bench -- growth` measures. */
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
