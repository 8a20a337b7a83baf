/** How a program is to run. */
export interface Run {
  /** Tells whoever waits how far it is. */
  progress(line: string): void
  /** Rounds so few and short that the figures mean nothing: to see that a program works. */
  quick: boolean
}
