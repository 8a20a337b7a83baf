import type { RefusalBody, RefusalCode, Refused } from '@bailiwick/guard'
import { HTTPException } from 'hono/http-exception'

/**
 * What is thrown for a refused request under `refusals: 'throw'`: an `HTTPException`, whose `getResponse()` is the answer that would
 * have been sent. Everything in it may be sent to the client: the private reason goes to `onEvent` alone.
 */
export class RefusalError extends HTTPException {
  /** Why: switch on this, never on the message. */
  readonly code: RefusalCode
  /** The body that would have been sent. */
  readonly body: RefusalBody

  constructor({ code, status, headers, body }: Refused) {
    super(status, { res: new Response(JSON.stringify(body), { status, headers: { ...headers } }), message: body.error_description })
    this.name = 'RefusalError'
    this.code = code
    this.body = body
  }
}
