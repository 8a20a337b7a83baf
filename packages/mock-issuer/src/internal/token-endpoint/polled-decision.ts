import type { ContractBreach } from '../contract-check.js'
import { tokenTargetClaims } from '../resource/token-target.js'
import type { AccessTokenMint } from '../tokens/access-token-minting.js'
import type { UserGrant } from '../tokens/grant.js'
import { userTokenClaims } from '../tokens/user-token-claims.js'
import { isPending } from './polled-authorization.js'
import type { PolledAuthorization } from './polled-authorization.js'

export interface PolledDecisionInput {
  readonly accessTokens: AccessTokenMint
  now(): number
}

/** What became of an approval: it was taken; or nothing was left to decide; or the contract does not allow the user the scopes. */
export type ApprovalOutcome = 'approved' | 'not-pending' | ContractBreach

/** Grants the client what it asked for, as this user, who logs in now. */
export async function approvePolled(
  authorization: PolledAuthorization | undefined,
  { user, acr, amr }: Pick<UserGrant, 'user' | 'acr' | 'amr'>,
  { accessTokens, now }: PolledDecisionInput,
): Promise<ApprovalOutcome> {
  if (authorization === undefined) return 'not-pending'
  const { clientId, scopes, target } = authorization
  const grant: UserGrant = { clientId, user, scopes, target, authTimeSeconds: Math.floor(now() / 1000), acr, amr, revoked: false }
  const breach = await accessTokens.findBreach({ ...userTokenClaims(grant, scopes), ...tokenTargetClaims(target) })
  if (breach !== undefined) return breach
  // Looked at after the contract's schema was asked: another decision may have come in, or the time may have run out.
  if (!isPending(authorization, now())) return 'not-pending'
  authorization.outcome = grant
  return 'approved'
}

/** Denies the client what it asked for; `false` when nothing was left to decide. */
export function denyPolled(authorization: PolledAuthorization | undefined, nowMs: number): boolean {
  if (authorization === undefined || !isPending(authorization, nowMs)) return false
  authorization.outcome = 'denied'
  return true
}
