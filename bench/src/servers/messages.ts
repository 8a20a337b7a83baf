/** What the measuring process tells a child to be: an issuer with these keys, or one of the APIs. */
export type Role = { kind: 'issuer'; algorithms: readonly string[] } | { kind: 'api'; name: string; issuer: string; jwksUri: string }

/** What the child answers once it listens. */
export interface Ready {
  url: string
  /** From an issuer, a token for each algorithm. */
  tokens: Record<string, string>
}

/** What a child is asked, any number of times, after it was given its role. */
export interface Answers {
  /** The processor time of the child so far, all its threads, in microseconds. */
  cpuMicros: number
  /** From now on, how late its event loop is. */
  watchDelay: true
  /** How late it was since then; the watch ends. */
  delay: EventLoopDelay
}

export type Question = keyof Answers

/** How late the event loop came to a timer, in milliseconds. */
export interface EventLoopDelay {
  p50Ms: number
  p99Ms: number
  maxMs: number
}
