import { isThenable } from '@bailiwick/protocol'
import { AccessTokenError } from '../../access-token-error.js'
import type { TokenSelector } from '../../token-selector.js'
import { checkSelector } from '../selected-tokens.js'
import { FlightsByKey } from '../flights-by-key.js'
import type { Verdict } from '../verdict-cache.js'
import type { KnownAnswer } from './answer.js'
import type { AnswerCache } from './answer-cache.js'
import type { AnswerKeys } from './answer-keys.js'
import type { Evictions } from './evictions.js'
import type { Finding, Inquiry } from './inquiry.js'
import { introspectionUnavailable } from './introspection-unavailable.js'
import { checkTokenForm } from './token-form.js'

export interface IntrospectorInput {
  readonly inquiry: Inquiry
  readonly cache: AnswerCache
  readonly keys: AnswerKeys
  readonly evictions: Evictions
  readonly maxTokenBytes: number
  /** Milliseconds since the epoch. */
  readonly now: () => number
}

/** Verifies tokens by asking the server, or by cached answers. */
export interface Introspector {
  /** From the cache, or by asking. Throws or rejects. */
  examine(token: string): Verdict | Promise<Verdict>
  /** From the cache, if no promise is needed. Never throws. */
  recall(token: string): Verdict | undefined
  /** By asking, unless it is cached that the token is inactive. */
  examineNow(token: string): Promise<Verdict>
  /** Ignores what was known before now. */
  evict(selector: TokenSelector): Promise<void>
}

/** Concurrent calls with the same token share one cache read and one introspection request. */
export function createIntrospector({ inquiry, cache, keys, evictions, maxTokenBytes, now }: IntrospectorInput): Introspector {
  const lookups = new FlightsByKey<Verdict>(now)
  const confirmations = new FlightsByKey<Verdict>(now)
  const questions = new FlightsByKey<Finding>(now)

  return { examine, recall, examineNow, evict }

  /** Usually synchronous. */
  function examine(token: string): Verdict | Promise<Verdict> {
    checkTokenForm(token, maxTokenBytes)
    if (lookups.current(token) !== undefined) return lookups.run(token, () => readAndLookUp(token))
    const key = keys.storeKeyOf(token)
    const known = isThenable(key) ? key.then((later) => cache.read(later, token)) : cache.read(key, token)
    const standing = isThenable(key) || isThenable(known) ? undefined : standingVerdict(known, key)
    if (standing !== undefined) return standing
    return lookups.run(token, async () => {
      // Awaited first: it rejects when the key does, and an unhandled rejection ends a Node process.
      const found = await known
      return lookUp(await key, token, found)
    })
  }

  function recall(token: string): Verdict | undefined {
    if (cache.atHand === undefined || typeof token !== 'string' || token.length > maxTokenBytes) return undefined
    const key = keys.storeKeyOf(token)
    return isThenable(key) ? undefined : standingVerdict(cache.atHand(key), key)
  }

  function standingVerdict(known: KnownAnswer | undefined, key: string): Verdict | undefined {
    return known?.verdict?.stands() === true && isInUse(known, key) ? known.verdict : undefined
  }

  async function readAndLookUp(token: string): Promise<Verdict> {
    const key = await keys.storeKeyOf(token)
    return lookUp(key, token, await cache.read(key, token))
  }

  async function lookUp(key: string, token: string, known: KnownAnswer | undefined): Promise<Verdict> {
    const recalled = known && (await reconsider(known, key, token))
    return recalled ?? ask(key, token)
  }

  async function examineNow(token: string): Promise<Verdict> {
    checkTokenForm(token, maxTokenBytes)
    return confirmations.run(token, async () => {
      const key = await keys.storeKeyOf(token)
      const known = await cache.read(key, token)
      if (known !== undefined && !known.answer.statement.active) await reconsider(known, key, token)
      return ask(key, token)
    })
  }

  /**
   * Checks a cached answer; `undefined` if it must not be used now.
   *
   * @throws rejects with the reason why the token is not accepted
   */
  async function reconsider(known: KnownAnswer, key: string, token: string): Promise<Verdict | undefined> {
    const { askedAt } = known.answer
    if (evictions.cover(askedAt, key) || evictions.coverToken(askedAt, token)) return undefined
    if (known.verdict === undefined) {
      const { verdict, refusal } = await inquiry.judge(known.answer).catch(() => nothing)
      if (refusal !== undefined) throw refusal
      known.verdict = verdict
    } else if (!(await known.verdict.stands())) {
      return undefined
    }
    return isInUse(known, key) ? known.verdict : undefined
  }

  function isInUse({ answer, verdict }: KnownAnswer, key: string): boolean {
    if (verdict === undefined) return false
    const { accessToken } = verdict
    // The clock tolerance applies to what the server says now, not to a cached answer.
    return now() < accessToken.expiresAt * 1000 && !evictions.cover(answer.askedAt, key, accessToken)
  }

  async function ask(key: string, token: string): Promise<Verdict> {
    const { verdict, refusal } = await questions.run(token, async () => {
      const found = await inquiry.inquire(token, evictions.noteQuestion())
      remember(key, token, found)
      return found
    })
    if (verdict !== undefined) return verdict
    throw refusal ?? new AccessTokenError('token_inactive')
  }

  /** Nobody waits for the store. */
  function remember(key: string, token: string, { answer, verdict }: Finding): void {
    const { askedAt, until } = answer
    if (evictions.cover(askedAt, key, verdict?.accessToken) || evictions.coverToken(askedAt, token)) return
    // An outdated answer may be cached, unless the server has just said the same again.
    if (until > askedAt || verdict === undefined) void cache.keep(key, token, { answer, verdict })
  }

  async function evict(selector: TokenSelector): Promise<void> {
    checkSelector(selector)
    if (selector.token === undefined) {
      evictions.add(selector)
      abandon()
      // A token that is its own `jti` does not have it among its claims.
      if (selector.jti !== undefined) await mark(selector.jti)
      return
    }
    const key = await mark(selector.token)
    try {
      await cache.forget(key)
    } catch (cause) {
      const detail = 'evict did not reach cache.store, so other instances may still use what it has of the token: evict it again'
      throw introspectionUnavailable(detail, { cause })
    }
  }

  /** Marks the token immediately, even if computing its key takes longer: no caller may find the old answer meanwhile. */
  function mark(token: string): string | Promise<string> {
    abandon(token)
    const key = keys.storeKeyOf(token)
    if (!isThenable(key)) {
      evictions.addKey(key)
      return key
    }
    evictions.addToken(token)
    return key.then((later) => {
      evictions.replaceToken(token, later)
      return later
    })
  }

  /** Later callers do not join requests already in flight. */
  function abandon(token?: string): void {
    for (const flights of [lookups, confirmations, questions]) flights.abandon(token)
  }
}

const nothing = { verdict: undefined, refusal: undefined }
