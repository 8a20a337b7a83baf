/** How to run a program. */
export interface Run {
  /** Reports progress to whoever waits. */
  progress(line: string): void
  /** Few and short rounds, only to see that a program works: the figures mean nothing. */
  quick: boolean
}
