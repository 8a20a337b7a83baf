import type { RefusalBody, RefusalCode, Refused } from '@bailiwick/guard'
import { BailiwickError } from '@bailiwick/protocol'

/**
 * What `next` is given for a refused request under `refusals: 'next'`. Express itself, and handlers that follow its
 * conventions, take `status`, `headers` and `expose` from it. Everything in it may be sent to the client: the private reason
 * goes to `onEvent` alone.
 */
export class RefusalError extends BailiwickError<RefusalCode> {
  readonly status: number
  /** The challenge and the like, without `Content-Type`: that is for whoever writes the body. */
  readonly headers: Readonly<Record<string, string>>
  /** The body that would have been sent. */
  readonly body: RefusalBody
  readonly expose = true

  constructor({ code, status, headers, body }: Refused) {
    super(code, body.error_description)
    this.status = status
    this.headers = Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'Content-Type'))
    this.body = body
    // A refusal is no fault: where in the adapter it was made helps nobody, and Express shows stacks outside production.
    this.stack = `${this.name}: ${this.message}`
  }
}
