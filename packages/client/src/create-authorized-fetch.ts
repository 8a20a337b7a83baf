import type { AuthorizedFetch, AuthorizedFetchOptions } from './authorized-fetch.js'
import { ClientError } from './client-error.js'
import { createApiCaller, discard } from './internal/authorized-fetch/api-caller.js'
import { readAllowedOrigins, requireAllowed } from './internal/authorized-fetch/allowed-origins.js'
import { readApiAnswer } from './internal/authorized-fetch/api-answer.js'
import { readOutgoingRequest } from './internal/authorized-fetch/outgoing-request.js'
import { requireKnownOptions } from './internal/known-options.js'

/**
 * Makes a `fetch` that sends an access token along, as `Bearer` or with a DPoP proof for each request.
 *
 * - To the allowed origins and no others. Redirects are not followed: the answer that redirects is returned (in browsers an opaque one).
 * - A 401 with `invalid_token` or `invalid_dpop_proof`, or without any reason, is tried again once with a new token; one that asks for a DPoP nonce once with that. A new
 *   token that the API refuses too is not renewed for it again.
 * - An answer that asks for a stronger login (`insufficient_user_authentication`), or for a scope (403 `insufficient_scope`), goes to `onStepUp`, or rejects.
 * - What cannot be sent twice is not: with a stream for a body, or a `Request` that has one, the 401 is returned.
 *
 * All other answers are returned as they are, and failures of the network reject as those of `fetch` do. Headers `Authorization` and `DPoP` of the
 * caller are replaced. Does *not* look at what the token is for: an allowed origin gets it, whatever its audience.
 *
 * @example
 * declare const client: Client
 * declare const tokens: TokenSource
 * const authorizedFetch = createAuthorizedFetch({ client, tokens, allowedOrigins: ['https://api.example.com'] })
 * const response = await authorizedFetch('https://api.example.com/orders')
 * console.log(response.status)
 *
 * @throws {ConfigurationError} naming the option and the fix. What it makes rejects with a `ClientError`: `origin_not_allowed`, `step_up_required`,
 * or what the token source says
 * @see {@link https://www.rfc-editor.org/rfc/rfc6750#section-2.1 RFC 6750 §2.1}
 * @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-7 RFC 9449 §7}, §9 (nonces)
 * @see {@link https://www.rfc-editor.org/rfc/rfc9470#section-4 RFC 9470 §4}
 */
export function createAuthorizedFetch(options: AuthorizedFetchOptions): AuthorizedFetch {
  requireKnownOptions(options, ['client', 'tokens', 'allowedOrigins', 'onStepUp', 'fetch'])
  const { client, tokens, onStepUp, fetch } = options
  const allowed = readAllowedOrigins(options.allowedOrigins)
  const call = createApiCaller({ client, fetch })
  /** By origin, a token that was refused there when it was new: another would not do better. */
  const refusedWhenNew = new Map<string, string>()

  return async (input, init) => {
    const outgoing = readOutgoingRequest(input, init)
    const url = requireAllowed(allowed, outgoing.url)
    const request = { ...outgoing, url }
    const signal = outgoing.init.signal ?? undefined

    let held = await tokens.getTokens({ signal })
    let response = await call(request, held)
    let answer = readApiAnswer(response, held)

    if (answer.kind === 'token_refused' && refusedWhenNew.get(url.origin) !== held.accessToken) {
      const renewed = await whileHolding(response, () => tokens.getTokens({ signal, rejected: held.accessToken }))
      if (!request.isRepeatable || renewed.accessToken === held.accessToken) return response
      await discard(response)
      held = renewed
      response = await call(request, held)
      answer = readApiAnswer(response, held)
      if (answer.kind === 'token_refused') refusedWhenNew.set(url.origin, held.accessToken)
    }
    if (answer.kind !== 'token_refused') refusedWhenNew.delete(url.origin)
    if (answer.kind !== 'step_up') return response

    const { stepUp, asked } = answer
    await discard(response)
    if (onStepUp !== undefined && request.isRepeatable && (await onStepUp(stepUp))) {
      const stronger = await tokens.getTokens({ signal })
      if (stronger.accessToken !== held.accessToken) {
        response = await call(request, stronger)
        if (readApiAnswer(response, stronger).kind !== 'step_up') return response
        await discard(response)
      }
    }
    throw new ClientError('step_up_required', `${url.origin} asks for ${asked}.`, { stepUp })
  }
}

/** The answer is let go of if there is nothing better, since nobody gets it then. */
async function whileHolding<Value>(response: Response, getValue: () => Promise<Value>): Promise<Value> {
  try {
    return await getValue()
  } catch (error) {
    await discard(response)
    throw error
  }
}
