import { BrowserClientError } from '../browser-client-error.js'
import { createSessionWorker } from './create-session-worker.js'
import type { SessionSettings, WorkerCall, WorkerMessage } from './session-worker.js'

/** Answers the calls of one page on a port. */
export function serveSession(port: MessagePort, settings: SessionSettings): void {
  const worker = createSessionWorker(settings, (state) => port.postMessage({ state } satisfies WorkerMessage))
  port.onmessage = async ({ data }: MessageEvent<WorkerCall>) => {
    const { id, method, input } = data
    try {
      const call = worker[method] as (...input: readonly unknown[]) => Promise<unknown>
      port.postMessage({ id, result: await call(...input) } satisfies WorkerMessage)
    } catch (error) {
      const code = error instanceof BrowserClientError ? error.code : 'unavailable'
      port.postMessage({ id, failure: { code, message: error instanceof Error ? error.message : String(error) } } satisfies WorkerMessage)
    }
  }
}
