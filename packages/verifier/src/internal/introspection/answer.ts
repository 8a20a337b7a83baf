import type { Verdict } from '../verdict-cache.js'
import type { Statement } from './statement.js'

/** What the server said, and how long it may be used. */
export interface Answer {
  readonly statement: Statement
  /** When the server was asked, in milliseconds since the epoch. */
  readonly askedAt: number
  /** When it expires; `askedAt` if it may not be cached. */
  readonly until: number
}

/** An answer, and the verdict on it, once it was checked. */
export interface KnownAnswer {
  readonly answer: Answer
  verdict: Verdict | undefined
}

/** Bounds the age as well as the expiry, because the clock that the entry was written by, or ours, may be wrong. */
export function isUsable({ askedAt, until }: Answer, { time, maxTtlMs }: { time: number; maxTtlMs: number }): boolean {
  const left = until - time
  return left > 0 && left <= maxTtlMs && until - askedAt <= maxTtlMs
}
