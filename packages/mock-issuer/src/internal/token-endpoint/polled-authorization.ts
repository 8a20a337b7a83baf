import type { IssuerClient } from '../../client.js'
import { OAuthRefusal } from '../http/oauth-refusal.js'
import type { TokenTarget } from '../resource/token-target.js'
import type { UserGrant } from '../tokens/grant.js'

/** What a person decides elsewhere, while the client polls the token endpoint for it: the device flow and CIBA. */
export interface PolledAuthorization {
  readonly clientId: string
  readonly scopes: readonly string[]
  readonly target: TokenTarget
  readonly expiresAtMs: number
  /** Grows by five seconds with every poll that comes too soon. */
  intervalSeconds: number
  lastPollMs: number | undefined
  /** The grant once it is approved; `redeemed` once that was handed out. */
  outcome: 'pending' | 'denied' | 'redeemed' | UserGrant
}

const slowDownSeconds = 5

/** Starts an authorization that nobody has decided on. */
export function createPolledAuthorization(
  { clientId }: IssuerClient,
  terms: Pick<PolledAuthorization, 'scopes' | 'target' | 'expiresAtMs' | 'intervalSeconds'>,
): PolledAuthorization {
  return { ...terms, clientId, lastPollMs: undefined, outcome: 'pending' }
}

/** Whether it can still be decided on. */
export function isPending(authorization: PolledAuthorization, nowMs: number): boolean {
  return authorization.outcome === 'pending' && authorization.expiresAtMs > nowMs
}

/** Whether it is remembered only to tell the client how it ended. */
export function isAnswered({ outcome, expiresAtMs }: PolledAuthorization, nowMs: number): boolean {
  return outcome === 'denied' || outcome === 'redeemed' || expiresAtMs <= nowMs
}

/**
 * Answers a poll: hands the grant out, once, to the client that asked for it. A poll that comes before the interval is over makes the
 * interval longer for all that follow; the first poll may come at once.
 *
 * @throws {OAuthRefusal} `invalid_grant`, `expired_token`, `access_denied`, `slow_down` or `authorization_pending`
 * @see {@link https://www.rfc-editor.org/rfc/rfc8628#section-3.5 RFC 8628 §3.5}
 * @see {@link https://openid.net/specs/openid-client-initiated-backchannel-authentication-core-1_0.html#token_error_response CIBA Core 1.0 §11}
 */
export function redeemPolled(authorization: PolledAuthorization | undefined, client: IssuerClient, nowMs: number): UserGrant {
  if (authorization === undefined) throw new OAuthRefusal('invalid_grant', 'The request is unknown, or was made too long ago.')
  if (authorization.clientId !== client.clientId) throw new OAuthRefusal('invalid_grant', 'The request was made by another client.')
  const { outcome } = authorization
  if (outcome === 'redeemed') throw new OAuthRefusal('invalid_grant', 'The tokens of the request were handed out before.')
  if (authorization.expiresAtMs <= nowMs) throw new OAuthRefusal('expired_token', 'The time to answer the request is over.')
  if (outcome === 'denied') throw new OAuthRefusal('access_denied', 'The request was denied.')
  if (outcome === 'pending') throw answerTooEarly(authorization, nowMs)
  authorization.outcome = 'redeemed'
  return outcome
}

function answerTooEarly(authorization: PolledAuthorization, nowMs: number): OAuthRefusal {
  const { lastPollMs, intervalSeconds } = authorization
  authorization.lastPollMs = nowMs
  if (lastPollMs === undefined || nowMs - lastPollMs >= intervalSeconds * 1000) {
    return new OAuthRefusal('authorization_pending', 'Nobody has decided on the request yet.')
  }
  authorization.intervalSeconds += slowDownSeconds
  return new OAuthRefusal('slow_down', `Wait ${authorization.intervalSeconds} seconds between two polls from now on.`)
}
