import { MockIssuerError } from '../../mock-issuer-error.js'
import type { LoggedRequest, RequestFilter, RequestWaitOptions } from '../../request-log.js'
import type { RequestLogBuffer } from './request-log-buffer.js'

const maxTimeoutMs = 600_000

/**
 * Waits until the log has a request that fits the filter; one that is there already will do.
 *
 * @throws {MockIssuerError} `request_not_seen` when the time is over, `invalid_option`
 */
export async function waitForRequest(
  log: RequestLogBuffer,
  filter: RequestFilter,
  { timeoutMs = 5_000, after }: RequestWaitOptions = {},
): Promise<LoggedRequest> {
  if (!Number.isInteger(timeoutMs) || timeoutMs < 1 || timeoutMs > maxTimeoutMs) {
    throw new MockIssuerError('invalid_option', `The option "timeoutMs" must be a whole number from 1 to ${maxTimeoutMs}.`)
  }
  const later = (): readonly LoggedRequest[] => (after === undefined ? log.entries : log.entries.slice(log.entries.indexOf(after) + 1))
  const there = later().find((entry) => fits(entry, filter))
  if (there !== undefined) return there
  return new Promise((resolve, reject) => {
    const stop = log.observe((entry) => {
      if (!fits(entry, filter) || !later().includes(entry)) return
      clearTimeout(timer)
      stop()
      resolve(entry)
    })
    const timer = setTimeout(() => {
      stop()
      reject(notSeen(filter, timeoutMs, later()))
    }, timeoutMs)
  })
}

function fits(entry: LoggedRequest, filter: RequestFilter): boolean {
  const wanted: Readonly<Record<string, unknown>> = filter
  const found: Readonly<Record<string, unknown>> = { ...entry }
  return Object.keys(wanted).every((member) => found[member] === wanted[member])
}

function notSeen(filter: RequestFilter, timeoutMs: number, seen: readonly LoggedRequest[]): MockIssuerError {
  const last = seen.slice(-5).map(({ method, path, status }) => `${method} ${path} (${status ?? 'unanswered'})`)
  const came = last.length === 0 ? 'None came.' : `The last that came: ${last.join(', ')}.`
  return new MockIssuerError('request_not_seen', `No request with ${JSON.stringify(filter)} came within ${timeoutMs} ms. ${came}`)
}
