/** Waits by the clock of the platform: the default where tests have one of their own. */
export function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
