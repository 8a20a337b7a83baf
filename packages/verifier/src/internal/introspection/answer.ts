import type { Statement } from './statement.js'

/** What the server said, and for how long that may be used. */
export interface Answer {
  readonly statement: Statement
  /** When it was asked, in milliseconds since the epoch. */
  readonly askedAt: number
  /** Until when it may be used without asking again; `askedAt` for not at all. */
  readonly until: number
}
