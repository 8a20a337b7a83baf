import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { constants } from 'node:os'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))

/** Children get a process group of their own, so that what they started ends with them. Windows has none. */
const grouped = process.platform !== 'win32'
const running = new Set()
let received

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, end)
process.on('exit', () => {
  for (const child of running) kill(child, 'SIGKILL')
})

// npm runs a script through a shell, which does not pass on the signal that ends it: nobody is left to wait for us then.
const parent = process.ppid
const watch = () => process.ppid !== parent && end('SIGTERM')
if (grouped) setInterval(watch, 500).unref()

/** Passes a signal on, and ends with the children; a second one does not wait for them. */
function end(signal) {
  const again = received !== undefined
  received ??= signal
  for (const child of running) kill(child, again ? 'SIGKILL' : signal)
  if (running.size === 0) process.exit(128 + constants.signals[signal])
}

function kill(child, signal) {
  try {
    if (grouped) process.kill(-child.pid, signal)
    else child.kill(signal)
  } catch (error) {
    if (error.code !== 'ESRCH') throw error
  }
}

/**
 * Runs a command and resolves with its exit code and, with `capture`, what it printed. Signals that this process
 * receives go on to the command; when one ended it, this process ends too, with the code that shells give.
 */
export async function run(command, args, { capture = false, cwd = root, env = process.env } = {}) {
  const stdio = capture ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit']
  const shell = process.platform === 'win32' && command !== process.execPath
  const child = spawn(command, args, { cwd, env, stdio, shell, detached: grouped })
  running.add(child)
  let output = ''
  for (const stream of capture ? [child.stdout, child.stderr] : []) {
    stream.setEncoding('utf8')
    stream.on('data', (text) => (output += text))
  }
  try {
    const [code, signal] = await once(child, 'close')
    if (received !== undefined) process.exit(code ?? 128 + constants.signals[received])
    return { code: code ?? 128 + constants.signals[signal], output }
  } catch (error) {
    return { code: 127, output: `${command} could not be started: ${error.message}\n` }
  } finally {
    running.delete(child)
  }
}

/** Runs one step: a line with its time when it succeeds; its whole output, and the end of this process, when it does not. */
export async function step(title, work) {
  const started = performance.now()
  process.stdout.write(`${title}: `)
  const { code, output } = await work()
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  if (code === 0) return console.log(`${seconds} s`)
  process.stdout.write(`\n${output}\n`)
  console.error(`${title} failed with exit code ${code} after ${seconds} s`)
  process.exit(code)
}
