import type { AuthState } from '../browser-client.js'
import type { BrowserClientErrorCode } from '../browser-client-error.js'
import type { BrowserClientErrorClass } from '../browser-mode.js'
import type { SessionSettings, SessionWorker, WorkerCall, WorkerMessage } from '../session-worker/session-worker.js'

/** Calls a method of the worker. */
export type CallWorker = <Method extends keyof SessionWorker>(
  method: Method,
  ...input: Parameters<SessionWorker[Method]>
) => ReturnType<SessionWorker[Method]>

/** A call takes up to four exchanges with the server, as with its metadata, a nonce and its keys: who waits for longer waits for a worker that is dead. */
const mostExchanges = 4

/**
 * Speaks with a worker on a port of their own. It is started by the first call. When it does not start, or does not answer, every call that waits
 * fails as `unavailable`, and the next one starts another. The one before is not terminated: if it lives after all, such as after the machine
 * has slept, it may have a new refresh token in hand that is not yet stored.
 */
export function connectWorker(
  start: () => Worker,
  settings: SessionSettings,
  BrowserClientError: BrowserClientErrorClass,
  onState: (state: AuthState) => void,
): CallWorker {
  const waiting = new Map<number, { resolve(result: unknown): void; reject(error: Error): void; limit: ReturnType<typeof setTimeout> }>()
  let port: MessagePort | undefined
  let lastId = 0

  function connect(): MessagePort {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = ({ data }: MessageEvent<WorkerMessage>) => {
      if ('state' in data) return onState(data.state)
      const { id, result, failure } = data
      const call = waiting.get(id)
      waiting.delete(id)
      clearTimeout(call?.limit)
      if (failure) call?.reject(new BrowserClientError(failure.code as BrowserClientErrorCode, failure.message))
      else call?.resolve(result)
    }
    const worker = start()
    worker.onerror = () => port === port1 && giveUp()
    worker.postMessage(settings, [port2])
    return port1
  }

  function giveUp(): void {
    port?.close()
    port = undefined
    for (const { reject, limit } of waiting.values()) {
      clearTimeout(limit)
      reject(new BrowserClientError('unavailable', 'The worker does not answer: see the option worker.'))
    }
    waiting.clear()
  }

  const call = (method: keyof SessionWorker, ...input: readonly unknown[]) =>
    new Promise<unknown>((resolve, reject) => {
      port ??= connect()
      const id = ++lastId
      waiting.set(id, { resolve, reject, limit: setTimeout(giveUp, mostExchanges * (settings.timeoutMs ?? 10_000)) })
      port.postMessage({ id, method, input } satisfies WorkerCall)
    })
  return call as CallWorker
}
