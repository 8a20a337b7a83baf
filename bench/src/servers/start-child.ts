import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Answers, Question, Ready, Role } from './messages.js'

export interface Child extends Ready {
  ask<Name extends Question>(question: Name): Promise<Answers[Name]>
  stop(): void
}

/** Starts a server in a process of its own, which ends with this one in any case. */
export async function startChild(role: Role): Promise<Child> {
  const child = fork(fileURLToPath(new URL('server.ts', import.meta.url)), { env: { ...process.env, NODE_ENV: 'production' } })
  const failed = once(child, 'exit').then(() => {
    throw new Error(`the server for ${JSON.stringify(role)} ended before its time`)
  })
  failed.catch(() => {}) // whoever asks gets the error
  const send = async (message: Role | Question): Promise<unknown> => {
    const answer = once(child, 'message').then(([first]: unknown[]) => first)
    child.send(message)
    return Promise.race([answer, failed])
  }
  const ready = (await send(role)) as Ready
  return {
    ...ready,
    ask: async <Name extends Question>(question: Name) => (await send(question)) as Answers[Name],
    stop: () => void child.kill(),
  }
}
