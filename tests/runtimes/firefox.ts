import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { WebSocket } from 'undici'

export const firefoxPath = '/usr/bin/firefox-esr'

/** A Firefox without windows, with a profile that is thrown away. */
export interface Firefox extends AsyncDisposable {
  open(url: string): Promise<Tab>
}

export interface Tab {
  goto(url: string): Promise<void>
  /** What an expression comes to in the page, if it can be written as JSON. It is waited for. */
  evaluate(expression: string): Promise<unknown>
}

/** Nobody is asked anything but the servers of a test. */
const preferences = {
  'app.normandy.enabled': false,
  'browser.region.network.url': '',
  'browser.safebrowsing.malware.enabled': false,
  'browser.safebrowsing.phishing.enabled': false,
  'browser.topsites.contile.enabled': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'extensions.systemAddon.update.enabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'services.settings.server': 'data:,',
}

/** Drives the Firefox that the system has, by WebDriver BiDi. */
export async function openFirefox(): Promise<Firefox> {
  const profile = await mkdtemp(join(tmpdir(), 'firefox-'))
  const lines = Object.entries(preferences).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`)
  await writeFile(join(profile, 'user.js'), lines.join(''))
  const flags = ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port=0', 'about:blank']
  const child = spawn(firefoxPath, flags, { stdio: ['ignore', 'ignore', 'pipe'] })
  const exited = once(child, 'exit')
  const call = await connect(`${await endpointOf(child)}/session`)
  await call('session.new', { capabilities: {} })
  return {
    async open(url) {
      const { context } = await call('browsingContext.create', { type: 'tab' })
      const tab: Tab = {
        goto: async (to) => void (await call('browsingContext.navigate', { context, url: to, wait: 'complete' })),
        async evaluate(expression) {
          const asJson = `(async () => JSON.stringify((await (${expression})) ?? null))()`
          const answer = await call('script.evaluate', { expression: asJson, target: { context }, awaitPromise: true })
          const { result, exceptionDetails } = answer as { result?: { value: string }; exceptionDetails?: { text: string } }
          if (result === undefined) throw new Error(exceptionDetails?.text)
          return JSON.parse(result.value)
        },
      }
      await tab.goto(url)
      return tab
    },
    async [Symbol.asyncDispose]() {
      await call('browser.close', {}).catch(() => child.kill())
      await exited
      await rm(profile, { recursive: true, force: true })
    },
  }
}

async function endpointOf({ stderr }: ChildProcess): Promise<string> {
  for await (const line of createInterface(stderr!)) {
    const endpoint = /^WebDriver BiDi listening on (ws:\S+)$/.exec(line)?.[1]
    if (endpoint !== undefined) return endpoint
  }
  throw new Error('Firefox ended before it could be driven.')
}

type Call = (method: string, params: object) => Promise<Record<string, unknown>>

async function connect(url: string): Promise<Call> {
  const socket = new WebSocket(url)
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve)
    socket.addEventListener('error', ({ message }) => reject(new Error(message)))
  })
  const waiting: ((answer: { result?: Record<string, unknown>; message?: string }) => void)[] = []
  socket.addEventListener('message', ({ data }) => {
    const answer = JSON.parse(String(data)) as { id?: number; result?: Record<string, unknown>; message?: string }
    if (typeof answer.id === 'number') waiting[answer.id]?.(answer)
  })
  return (method, params) =>
    new Promise((resolve, reject) => {
      const id = waiting.push(({ result, message }) => (result ? resolve(result) : reject(new Error(`${method}: ${message}`)))) - 1
      socket.send(JSON.stringify({ id, method, params }))
    })
}
