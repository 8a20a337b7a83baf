import type { VerifiedAccessToken } from '@bailiwick/protocol'
import type { TokenSelector } from '../../token-selector.js'
import { claimOf } from '../checks/claims.js'
import { selectingClaims } from '../selected-tokens.js'

export interface EvictionsInput {
  /** How long an answer can be used. After that, no mark is needed. */
  readonly maxTtlMs: number
  /** How far the clock of another instance, which may have cached an answer, can be ahead. */
  readonly clockToleranceSeconds: number
  readonly maxMarks?: number | undefined
  /** Milliseconds since the epoch. */
  readonly now: () => number
}

/**
 * Marks that mean "ignore what was known about these tokens before then". A store cannot be searched for a `sub`, so the marks
 * are checked against what is read from it.
 *
 * Their number is bounded. One more, and everything older is ignored.
 */
export class Evictions {
  /** In the order of their times. */
  readonly #marks = new Map<string, number>()
  readonly #input: EvictionsInput
  #allBefore = Number.NEGATIVE_INFINITY
  /** The latest time seen: setting the clock back does not end a mark made since. */
  #latest = Number.NEGATIVE_INFINITY

  constructor(input: EvictionsInput) {
    this.#input = input
  }

  add(selector: Exclude<TokenSelector, { token: string }>): void {
    const { issuer, ...members } = selector
    for (const [name, value] of Object.entries(members)) this.#mark(idOf(name, value, issuer))
  }

  /** Marks a token by the key of its answer. */
  addKey(key: string): void {
    this.#mark(key)
  }

  /** Marks a token whose key takes time to compute. It counts immediately, until `replaceToken`. */
  addToken(token: string): void {
    this.#mark(idOfToken(token))
  }

  /** The key has been computed. */
  replaceToken(token: string, key: string): void {
    this.addKey(key)
    this.#marks.delete(idOfToken(token))
  }

  /** Like `cover`, for marks from `addToken`. */
  coverToken(askedAt: number, token: string): boolean {
    return this.#isMarked(idOfToken(token), askedAt)
  }

  /** Records a question asked now. Returns its time, in milliseconds since the epoch. */
  noteQuestion(): number {
    const askedAt = this.#input.now()
    this.#see(askedAt)
    return askedAt
  }

  /** Whether an answer to a question asked then must be ignored. */
  cover(askedAt: number, key: string, token?: Pick<VerifiedAccessToken, 'issuer' | 'claims'>): boolean {
    this.#see(askedAt)
    if (askedAt <= this.#allBefore) return true
    if (this.#marks.size === 0) return false
    if (this.#isMarked(key, askedAt)) return true
    if (token === undefined) return false
    return selectingClaims.some((name) => {
      const value = claimOf(token.claims, name)
      return this.#isMarked(idOf(name, value, undefined), askedAt) || this.#isMarked(idOf(name, value, token.issuer), askedAt)
    })
  }

  #isMarked(id: string, askedAt: number): boolean {
    const before = this.#marks.get(id)
    return before !== undefined && askedAt <= before
  }

  #see(time: number): void {
    if (time > this.#latest) this.#latest = time
  }

  #mark(id: string): void {
    const { maxTtlMs, clockToleranceSeconds, maxMarks = 10_000, now } = this.#input
    this.#see(now())
    const time = this.#latest
    const before = time + clockToleranceSeconds * 1000
    for (const [old, until] of this.#marks) {
      if (until + maxTtlMs > time) break
      this.#marks.delete(old)
    }
    this.#marks.delete(id)
    if (this.#marks.size >= maxMarks) {
      this.#allBefore = before
      this.#marks.clear()
    } else {
      this.#marks.set(id, before)
    }
  }
}

/** Distinct from the keys of answers and from the JSON of claims. */
function idOfToken(token: string): string {
  return `token ${token}`
}

function idOf(name: string, value: unknown, issuer: string | undefined): string {
  return JSON.stringify([name, value, issuer ?? null])
}
