/** What the measuring process tells a child to be: an issuer with these keys, or one of the APIs. */
export type Role = { kind: 'issuer'; algorithms: readonly string[] } | { kind: 'api'; name: string; issuer: string; jwksUri: string }

/** What the child answers once it listens. */
export interface Ready {
  url: string
  /** From an issuer, a token for each algorithm. */
  tokens: Record<string, string>
}

/** What a child is asked, any number of times, after it was given its role. */
export const cpuQuestion = 'cpu'

/** The answer: the processor time of the child so far, all its threads, in microseconds. */
export interface CpuAnswer {
  cpuMicros: number
}
