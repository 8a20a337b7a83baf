import { fork, type Serializable } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** A module in a process of its own, which sends one answer to each message. */
export interface ChildProcess {
  /** Ask one thing at a time: what the child sends next is taken for the answer. Rejects when the child ends instead. */
  ask(message: Serializable): Promise<unknown>
  stop(): void
}

export interface ChildProcessInput {
  module: URL
  /** For whoever reads that it ended before its time. */
  name: string
  /** By default that of this process. */
  env?: NodeJS.ProcessEnv
}

export function startProcess({ module, name, env = process.env }: ChildProcessInput): ChildProcess {
  const child = fork(fileURLToPath(module), { env })
  const failed = once(child, 'exit').then(([code]: unknown[]) => {
    throw new Error(`${name} ended with ${String(code)} before its time`)
  })
  failed.catch(() => {}) // whoever asks gets the error
  return {
    ask(message) {
      const answer = once(child, 'message').then(([first]: unknown[]) => first)
      child.send(message)
      return Promise.race([answer, failed])
    },
    stop: () => void child.kill(),
  }
}
