import type { BackchannelNotice } from '../../logout.js'
import type { Session } from '../sessions/session.js'
import type { LogoutSettings } from './logout-settings.js'
import { mintLogoutToken } from './logout-token-minting.js'
import type { LogoutTokenMintInput } from './logout-token-minting.js'

export interface BackchannelNoticeInput extends LogoutTokenMintInput, LogoutSettings {}

/**
 * Posts a logout token to a client and says what came of it (OpenID Connect Back-Channel Logout 1.0 §2.5). It is sent once; redirects are
 * not followed, and of the answer only the status is read.
 */
export async function sendBackchannelNotice(
  target: { readonly clientId: string; readonly uri: string },
  session: Session,
  input: BackchannelNoticeInput,
): Promise<BackchannelNotice> {
  const told = { clientId: target.clientId, sessionId: session.id }
  const token = await mintLogoutToken(input, { sub: session.sub, aud: target.clientId, sid: session.id })
  try {
    const response = await inTime(post(target.uri, token, input), input.backchannelLogoutTimeoutMs)
    await response.body?.cancel()
    const { status } = response
    return { ...told, outcome: status === 200 || status === 204 ? 'delivered' : 'refused', status }
  } catch {
    return { ...told, outcome: 'unreachable' }
  }
}

function post(uri: string, token: string, { requestBackchannel, backchannelLogoutTimeoutMs }: BackchannelNoticeInput): Promise<Response> {
  return requestBackchannel(uri, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ logout_token: token }).toString(),
    redirect: 'manual',
    signal: AbortSignal.timeout(backchannelLogoutTimeoutMs),
  })
}

// An injected fetch may not look at the signal.
async function inTime<Value>(answer: Promise<Value>, timeoutMs: number): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), timeoutMs)
  })
  try {
    return await Promise.race([answer, late])
  } finally {
    clearTimeout(timer)
  }
}
