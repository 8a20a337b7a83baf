import type { Verdict } from '../verdict-cache.js'
import type { Statement } from './statement.js'

/** What the server said, and for how long that may be used. */
export interface Answer {
  readonly statement: Statement
  /** When it was asked, in milliseconds since the epoch. */
  readonly askedAt: number
  /** Until when it may be used without asking again; `askedAt` for not at all. */
  readonly until: number
}

/** An answer, and what came of holding it against what the API demands, if anything has. */
export interface KnownAnswer {
  readonly answer: Answer
  verdict: Verdict | undefined
}

/** Neither beyond its time nor longer than any answer may be used: the clock of who wrote it, or ours, may be off. */
export function isUsable({ askedAt, until }: Answer, { time, maxTtlMs }: { time: number; maxTtlMs: number }): boolean {
  const left = until - time
  return left > 0 && left <= maxTtlMs && until - askedAt <= maxTtlMs
}
