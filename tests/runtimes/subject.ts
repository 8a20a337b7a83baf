import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { createInterface } from 'node:readline'
import { bundleProgram } from './bundle.js'
import type { Programs } from './programs/handle.js'
import type { Runtime } from './runtimes.js'

/** A runtime that serves the programs on a port. */
export interface Subject extends AsyncDisposable {
  readonly origin: string
  /** Runs one program there, and returns what it came to. */
  run<Name extends keyof Programs>(name: Name, ...input: Parameters<Programs[Name]>): Promise<Awaited<ReturnType<Programs[Name]>>>
}

export async function startSubject(runtime: Runtime): Promise<Subject> {
  const program = await bundleProgram(runtime)
  const child = spawn(runtime.command, runtime.arguments(program), { stdio: ['ignore', 'pipe', 'pipe'] })
  let complaints = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text))
  const exited = once(child, 'exit')
  const lines = createInterface(child.stdout)
  const started = await Promise.race([once(lines, 'line'), exited.then(() => undefined)])
  if (started === undefined) throw new Error(`${runtime.name} did not start: ${complaints}`)
  const { port } = JSON.parse(String(started[0])) as { port: number }
  const origin = `http://127.0.0.1:${port}`
  return {
    origin,
    async run(name, ...[input]) {
      const response = await fetch(`${origin}/${name}`, { method: 'POST', body: JSON.stringify(input ?? {}) })
      if (response.status !== 200) throw new Error(`${name} on ${runtime.name}: ${await response.text()}\n${complaints}`)
      return (await response.json()) as never
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL')
      await exited
      await rm(dirname(program), { recursive: true, force: true })
    },
  }
}
