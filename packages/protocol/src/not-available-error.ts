import { BailiwickError } from './error.js'

/** A `Refreshing` has no usable value, and cannot load one now. `cause` is why the last load failed. */
export class NotAvailableError extends BailiwickError<'not_available'> {
  /** How long until a load is allowed again, in milliseconds. */
  readonly retryAfterMs: number

  constructor(retryAfterMs: number, cause: unknown) {
    super('not_available', 'There is no usable value, and its source cannot be asked now.', { cause })
    this.retryAfterMs = retryAfterMs
  }
}
