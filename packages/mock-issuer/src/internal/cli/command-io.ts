/** What a command has of the process that runs it. */
export interface CommandIo {
  readonly stdout: { write(text: string): unknown; readonly isTTY?: boolean; readonly columns?: number }
  readonly stderr: { write(text: string): unknown }
  readonly env: Readonly<Record<string, string | undefined>>
  /** Resolves when the process is asked to end. Asking takes the interrupt over, so only a command that runs on asks. */
  untilStopped(): Promise<void>
}

/** Whether the standard output shows colours, and its owner has nothing against them. */
export function isColoured({ stdout, env }: CommandIo): boolean {
  return stdout.isTTY === true && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb'
}
