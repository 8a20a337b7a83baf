import type { RefusalBody, RefusalCode, Refused } from '@bailiwick/guard'
import { BailiwickError } from '@bailiwick/protocol'

/**
 * What the error handler is given for a refused request under `refusals: 'throw'`. Fastify's own takes `statusCode` and `headers`
 * from it, and writes a body of its own. Everything in it may be sent to the client: the private reason goes to `onEvent` alone.
 */
export class RefusalError extends BailiwickError<RefusalCode> {
  readonly statusCode: number
  /** The challenge and the like, without `Content-Type`: that is for whoever writes the body. */
  readonly headers: Readonly<Record<string, string>>
  /** The body that would have been sent. */
  readonly body: RefusalBody

  constructor({ code, status, headers, body }: Refused) {
    super(code, body.error_description)
    this.statusCode = status
    this.headers = Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'Content-Type'))
    this.body = body
    // A refusal is no fault: where in the adapter it was made helps nobody, and Fastify logs stacks.
    this.stack = `${this.name}: ${this.message}`
  }
}
