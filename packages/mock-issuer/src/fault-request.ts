import type { LoggedRequest } from './request-log.js'

/** What the `when` of a fault is asked about: what the log says of the request, and its headers. The body is not there to be read. */
export interface FaultRequest extends Omit<LoggedRequest, 'status' | 'fault'> {
  readonly headers: Headers
}
