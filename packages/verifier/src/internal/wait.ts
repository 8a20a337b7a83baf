/** Waits by the clock of the platform: the default of an option that tests replace. */
export function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
