import { BoundedMap, type VerifiedAccessToken } from '@bailiwick/protocol'
import type { TokenSelector } from '../token-selector.js'
import type { VerdictCacheOptions } from '../verdict-cache-options.js'
import { claimOf } from './checks/claims.js'
import { checkNumber, checkOptionNames } from './options.js'

/** What was found out about a token, whoever presents it. */
export interface Verdict {
  readonly accessToken: VerifiedAccessToken
  /**
   * Whether everything that can change still is as it was when the verdict was made. It neither throws nor rejects: what cannot be
   * said now is a `false`, and the token is examined anew.
   */
  stands(): boolean | Promise<boolean>
}

/** Finds out about a token, from nothing but the token. */
export type Examine<V extends Verdict = Verdict> = (token: string) => V | Promise<V>

/** Examines tokens, or remembers what came of it. */
export interface VerdictCache {
  /** @throws or rejects as the examination does; only verdicts are remembered, never errors */
  examine(token: string): Verdict | Promise<Verdict>
  /** Forgets; the next request with such a token has it examined anew. It takes time in proportion to what is kept. */
  evict(selector: TokenSelector): void
}

/**
 * Remembers verdicts by the whole token, and has each confirmed on every use. What is looked up is compared character by character,
 * so that no other token can have a verdict that is not its own.
 */
export function createVerdictCache(options: VerdictCacheOptions | false | undefined, examine: Examine): VerdictCache {
  if (options === false) return { examine, evict: () => {} }
  const verdicts = new BoundedMap<Verdict>(resolveBounds(options ?? {}))

  return { examine: remember, evict }

  function remember(token: string): Verdict | Promise<Verdict> {
    const kept = verdicts.get(token)
    if (kept === undefined) return examineAnew(token)
    const stands = kept.stands()
    if (stands === true) return kept
    return stands === false ? examineAnew(token) : stands.then((still) => (still ? kept : examineAnew(token)))
  }

  function examineAnew(token: string): Verdict | Promise<Verdict> {
    verdicts.delete(token)
    const verdict = examine(token)
    return verdict instanceof Promise ? verdict.then((ready) => keep(token, ready)) : keep(token, verdict)
  }

  function keep(token: string, verdict: Verdict): Verdict {
    verdicts.set(token, verdict, estimatedBytes(token))
    return verdict
  }

  function evict(selector: TokenSelector): void {
    if ('token' in selector) return void verdicts.delete(selector.token)
    for (const { key, value } of verdicts.entries()) {
      if (isSelected(value.accessToken, selector)) verdicts.delete(key)
    }
  }
}

/** A token is mostly its claims, in base64url; as objects they take more, and so does what is kept around them. */
function estimatedBytes(token: string): number {
  return 1024 + 4 * token.length
}

/** Whether a token is one of those that a selector without a token means. */
export function isSelected(
  { issuer, claims }: Pick<VerifiedAccessToken, 'issuer' | 'claims'>,
  { issuer: ofIssuer, ...members }: Exclude<TokenSelector, { token: string }>,
): boolean {
  if (ofIssuer !== undefined && ofIssuer !== issuer) return false
  const [[name, value] = []] = Object.entries(members)
  return name !== undefined && value !== undefined && claimOf(claims, name) === value
}

function resolveBounds(options: VerdictCacheOptions): Required<{ maxEntries: number; maxBytes: number }> {
  checkOptionNames('cache', options, ['maxEntries', 'maxBytes'])
  return {
    maxEntries: checkNumber('cache.maxEntries', options.maxEntries ?? 10_000, { min: 1, max: 10_000_000 }),
    maxBytes: checkNumber('cache.maxBytes', options.maxBytes ?? 67_108_864, { min: 1 }),
  }
}
