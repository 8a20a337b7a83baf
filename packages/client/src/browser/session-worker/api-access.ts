import { parseChallenge } from '@bailiwick/protocol'
import type { Session } from './session.js'
import type { ApiAnswer, Authorization } from './session-worker.js'
import type { TokenEndpoint } from './token-endpoint.js'

/**
 * Says with which headers a request to an API goes, and what the answer to one means. The page sends the request itself: only what of it is
 * about access passes here.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9470#section-3 RFC 9470 §3}, RFC 6750 §3.1, RFC 9449 §7
 */
export async function authorizeRequest(
  session: Session,
  endpoint: TokenEndpoint,
  method: string,
  url: string,
  answer?: ApiAnswer,
): Promise<Authorization> {
  let rejected: string | undefined
  if (answer) {
    const headers = new Headers(answer.headers)
    endpoint.takeNonce(url, headers)
    const { error, scope, acr_values: acrValues, max_age: maxAge } = readChallenge(headers)
    if (error === 'insufficient_user_authentication') {
      return { stepUp: { acrValues: acrValues?.split(' '), maxAgeSeconds: /^\d+$/.test(maxAge ?? '') ? Number(maxAge) : undefined } }
    }
    if (error === 'insufficient_scope') return { stepUp: { scope } }
    const lacksNonce = error === 'use_dpop_nonce'
    if (answer.status !== 401 || (answer.isRenewed && !lacksNonce)) return {}
    if (!lacksNonce) rejected = answer.token
  }
  const tokens = await session.tokens(rejected)
  const { accessToken, user } = tokens
  // There is no other token, or it is somebody else's.
  if (accessToken === rejected || (answer?.sub ?? user.sub) !== user.sub) return {}
  const sender = tokens.isBound ? await endpoint.senderKey(tokens) : undefined
  return {
    token: accessToken,
    sub: user.sub,
    headers: {
      authorization: `${sender ? 'DPoP' : 'Bearer'} ${accessToken}`,
      ...(sender && { dpop: await sender.prove(method, url, accessToken) }),
    },
  }
}

/** The parameters of the challenge that says what is wrong. */
function readChallenge(headers: Headers): Readonly<Record<string, string>> {
  return parseChallenge(headers.get('www-authenticate') ?? '').find(({ params }) => params['error'])?.params ?? {}
}
