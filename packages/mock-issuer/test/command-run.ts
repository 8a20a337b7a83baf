import { runCommand } from '../src/internal/cli/run-command.js'

/** A run of the command in this process: what it has printed, and the way to stop it. */
export interface CommandRun {
  readonly exitCode: Promise<number>
  out(): string
  err(): string
  stop(): void
  /** Resolves with what was found, once the standard output or the standard error has it. */
  printed(pattern: RegExp): Promise<RegExpExecArray>
}

/** Runs the command line as the program does, but for the process around it. */
export function startCommand(args: readonly string[]): CommandRun {
  const written = { out: '', err: '' }
  const waiting = new Set<() => void>()
  let stop = (): void => {}
  const stopped = new Promise<void>((resolve) => (stop = resolve))
  const stream = (name: keyof typeof written) => ({
    write(text: string) {
      written[name] += text
      for (const look of waiting) look()
    },
  })
  const exitCode = runCommand(args, { stdout: stream('out'), stderr: stream('err'), env: {}, untilStopped: () => stopped })
  return {
    exitCode,
    out: () => written.out,
    err: () => written.err,
    stop,
    printed: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = pattern.exec(written.out + written.err)
          if (found === null) return
          waiting.delete(look)
          resolve(found)
        }
        waiting.add(look)
        look()
        void exitCode.then((code) => reject(new Error(`it ended with ${code}: ${written.out}${written.err}`)), reject)
      }),
  }
}
