import type { LoggedRequest } from '../../request-log.js'

/** The log that `issuer.requests` shows; beyond its limit the oldest entries are dropped. */
export interface RequestLogBuffer {
  readonly entries: readonly LoggedRequest[]
  /** Logs a request on arrival, and returns what to call with the status of its answer. */
  add(request: Omit<LoggedRequest, 'status'>): (status: number) => void
}

const maxRequests = 10_000

export function createRequestLogBuffer(): RequestLogBuffer {
  const entries: LoggedRequest[] = []
  return {
    entries,
    add(request) {
      const entry: LoggedRequest & { status: number | undefined } = { ...request, status: undefined }
      entries.push(entry)
      if (entries.length > maxRequests) entries.shift()
      return (status) => {
        entry.status = status
      }
    },
  }
}
