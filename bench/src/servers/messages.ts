/** What a child process is to serve: an issuer with keys of these algorithms, or one of the APIs. */
export type Role = { kind: 'issuer'; algorithms: readonly string[] } | { kind: 'api'; name: string; issuer: string; jwksUri: string }

/** What the child sends when it listens. */
export interface Ready {
  url: string
  /** From an issuer: a token for each algorithm. */
  tokens: Record<string, string>
}

/** The questions that a child answers, any number of times, after it has its role, and the types of the answers. */
export interface Answers {
  /** The processor time of the child so far, of all its threads, in microseconds. */
  cpuMicros: number
  /** Starts to measure how late its event loop is. */
  watchDelay: true
  /** Ends the measurement, and returns how late the event loop was. */
  delay: EventLoopDelay
}

export type Question = keyof Answers

/** How late the event loop came to a timer, in milliseconds. */
export interface EventLoopDelay {
  p50Ms: number
  p99Ms: number
  maxMs: number
}
