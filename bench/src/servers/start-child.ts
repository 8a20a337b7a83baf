import { startProcess } from '../child-process.js'
import type { Answers, Question, Ready, Role } from './messages.js'

export interface Child extends Ready {
  ask<Name extends Question>(question: Name): Promise<Answers[Name]>
  stop(): void
}

/** Starts a server in a process of its own, which ends with this one in any case. */
export async function startChild(role: Role): Promise<Child> {
  const { ask, stop } = startProcess({
    module: new URL('server.ts', import.meta.url),
    name: `the server for ${JSON.stringify(role)}`,
    env: { ...process.env, NODE_ENV: 'production' },
  })
  const ready = (await ask(role)) as Ready
  return {
    ...ready,
    ask: async <Name extends Question>(question: Name) => (await ask(question)) as Answers[Name],
    stop,
  }
}
