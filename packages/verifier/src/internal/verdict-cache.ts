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
  /** The verdict that is kept, if it stands and there is nothing to wait for. It never throws. */
  recall(token: string): Verdict | undefined
  /** Forgets; the next request with such a token has it examined anew. It takes time in proportion to what is kept. */
  evict(selector: TokenSelector): void
}

/** A verdict, and the token that it is on. */
interface Kept {
  readonly token: string
  readonly verdict: Verdict
}

/**
 * Remembers verdicts, and has each confirmed on every use. They are found by the end of the token, which belongs to its signature:
 * hashing the whole would cost more than all else. The whole is then compared, so that no other token can have a verdict that is not
 * its own; two good tokens with the same end, which an issuer would have to make on purpose, push each other out.
 */
export function createVerdictCache(options: VerdictCacheOptions | false | undefined, examine: Examine): VerdictCache {
  if (options === false) return { examine, recall: () => undefined, evict: () => {} }
  const verdicts = new BoundedMap<Kept>(resolveBounds(options ?? {}))

  return { examine: remember, recall, evict }

  function recall(token: string): Verdict | undefined {
    const verdict = keptOn(token)
    return verdict?.stands() === true ? verdict : undefined
  }

  function keptOn(token: string): Verdict | undefined {
    const kept = typeof token === 'string' ? verdicts.get(endOf(token)) : undefined
    return kept !== undefined && kept.token === token ? kept.verdict : undefined
  }

  function remember(token: string): Verdict | Promise<Verdict> {
    const verdict = keptOn(token)
    if (verdict === undefined) return examineAnew(token)
    const stands = verdict.stands()
    if (stands === true) return verdict
    return stands === false ? forgetAndExamine(token) : stands.then((still) => (still ? verdict : forgetAndExamine(token)))
  }

  function forgetAndExamine(token: string): Verdict | Promise<Verdict> {
    verdicts.delete(endOf(token))
    return examineAnew(token)
  }

  function examineAnew(token: string): Verdict | Promise<Verdict> {
    const verdict = examine(token)
    return verdict instanceof Promise ? verdict.then((ready) => keep(token, ready)) : keep(token, verdict)
  }

  function keep(token: string, verdict: Verdict): Verdict {
    verdicts.set(endOf(token), { token, verdict }, estimatedBytes(token))
    return verdict
  }

  function evict(selector: TokenSelector): void {
    for (const { key, value } of verdicts.entries()) {
      const isMeant = 'token' in selector ? value.token === selector.token : isSelected(value.verdict.accessToken, selector)
      if (isMeant) verdicts.delete(key)
    }
  }
}

/** 144 bits. */
function endOf(token: string): string {
  return token.slice(-24)
}

/** A token is mostly its claims, in base64url; as objects they take more, and so does what is kept around them. */
function estimatedBytes(token: string): number {
  return 1024 + 4 * token.length
}

/** Whether a token is one of those that a selector without a token means. */
function isSelected(
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
