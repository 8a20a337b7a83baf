import type { AuthState } from '../browser-client.js'
import { BrowserClientError, type BrowserClientErrorCode } from '../browser-client-error.js'
import type { SessionSettings, SessionWorker, WorkerCall, WorkerMessage } from '../session-worker/session-worker.js'

/** Calls a method of the worker. */
export type CallWorker = <Method extends keyof SessionWorker>(
  method: Method,
  ...input: Parameters<SessionWorker[Method]>
) => ReturnType<SessionWorker[Method]>

/** Starts the worker and speaks with it on a port of their own. A worker that does not start fails every call, as `unavailable`. */
export function connectWorker(start: () => Worker, settings: SessionSettings, onState: (state: AuthState) => void): CallWorker {
  const { port1: port, port2 } = new MessageChannel()
  const waiting = new Map<number, { resolve: (result: unknown) => void; reject: (error: Error) => void }>()
  let lastId = 0
  let broken: BrowserClientError | undefined
  port.onmessage = ({ data }: MessageEvent<WorkerMessage>) => {
    if ('state' in data) return onState(data.state)
    const { id, result, failure } = data
    const call = waiting.get(id)
    waiting.delete(id)
    if (failure) call?.reject(new BrowserClientError(failure.code as BrowserClientErrorCode, failure.message))
    else call?.resolve(result)
  }
  const worker = start()
  worker.onerror = () => {
    broken = new BrowserClientError('unavailable', 'The worker did not start: see the option worker.')
    for (const { reject } of waiting.values()) reject(broken)
  }
  worker.postMessage(settings, [port2])
  const call = (method: keyof SessionWorker, ...input: readonly unknown[]) =>
    new Promise<unknown>((resolve, reject) => {
      if (broken) return reject(broken)
      waiting.set(++lastId, { resolve, reject })
      port.postMessage({ id: lastId, method, input } satisfies WorkerCall)
    })
  return call as CallWorker
}
