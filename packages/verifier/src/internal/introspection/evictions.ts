import type { VerifiedAccessToken } from '@bailiwick/protocol'
import type { TokenSelector } from '../../token-selector.js'
import { claimOf } from '../checks/claims.js'
import { selectingClaims } from '../selected-tokens.js'

export interface EvictionsInput {
  /** How long an answer can be in use: after that, nothing is left that a mark could be about. */
  readonly maxTtlMs: number
  /** How far the clock of another instance, which may have kept an answer, can be ahead. */
  readonly clockToleranceSeconds: number
  readonly maxMarks?: number | undefined
  /** Milliseconds since the epoch. */
  readonly now: () => number
}

/**
 * Marks that say "what was known before then about these tokens is not to be used". A store cannot be searched for a `sub`, so that
 * the marks are held against what comes out of it.
 *
 * There are so many at most; one more, and nothing at all that was known before then is used.
 */
export class Evictions {
  /** In the order of their times. */
  readonly #marks = new Map<string, number>()
  readonly #input: EvictionsInput
  #allBefore = Number.NEGATIVE_INFINITY
  /** The latest time of which anything is known: a clock that is set back does not end what was said since. */
  #latest = Number.NEGATIVE_INFINITY

  constructor(input: EvictionsInput) {
    this.#input = input
  }

  add(selector: Exclude<TokenSelector, { token: string }>): void {
    const { issuer, ...members } = selector
    for (const [name, value] of Object.entries(members)) this.#mark(idOf(name, value, issuer))
  }

  /** For a token that is known by the key of its answer alone. */
  addKey(key: string): void {
    this.#mark(key)
  }

  /** For a token the key of whose answer takes time to find out: it counts from now on, until `replaceToken`. */
  addToken(token: string): void {
    this.#mark(idOfToken(token))
  }

  /** The key has been found out. */
  replaceToken(token: string, key: string): void {
    this.addKey(key)
    this.#marks.delete(idOfToken(token))
  }

  /** As `cover`, by what `addToken` was told. */
  coverToken(askedAt: number, token: string): boolean {
    return this.#isMarked(idOfToken(token), askedAt)
  }

  /** A question is asked now. It gives the time of it, in milliseconds since the epoch. */
  noteQuestion(): number {
    const askedAt = this.#input.now()
    this.#see(askedAt)
    return askedAt
  }

  /** Whether what is known from a question asked then is not to be used. */
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

/** Neither the key of an answer nor the JSON of a claim. */
function idOfToken(token: string): string {
  return `token ${token}`
}

function idOf(name: string, value: unknown, issuer: string | undefined): string {
  return JSON.stringify([name, value, issuer ?? null])
}
