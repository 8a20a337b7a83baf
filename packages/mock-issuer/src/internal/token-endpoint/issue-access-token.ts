import type { AccessTokenClaims } from '../../access-token.js'
import type { ContractBreach } from '../contract-check.js'
import { OAuthRefusal } from '../http/oauth-refusal.js'
import type { AccessTokenMint } from '../tokens/access-token-minting.js'
import type { Confirmation } from '../tokens/confirmation.js'
import type { Grant } from '../tokens/grant.js'
import type { TokenResponse } from './token-response.js'

/** What an access token is issued for. */
export interface AccessTokenOrder {
  readonly claims: AccessTokenClaims
  readonly grant: Grant
  readonly confirmation: Confirmation | undefined
  /** What would mend a breach of the contract, for the person who runs the issuer. */
  readonly advise?: (breach: ContractBreach) => string | undefined
}

/**
 * Issues an access token to a client.
 * @throws {OAuthRefusal} `invalid_scope` when the contract does not allow the token
 */
export async function issueAccessToken(
  mint: AccessTokenMint,
  { claims, grant, confirmation, advise }: AccessTokenOrder,
): Promise<TokenResponse> {
  const minted = await mint.issue({ ...claims, cnf: confirmation }, grant)
  if (minted.breach !== undefined) throw new OAuthRefusal('invalid_scope', minted.breach.message, 400, advise?.(minted.breach))
  const { scope, authorization_details: details } = minted.claims
  return {
    access_token: minted.token,
    token_type: confirmation?.jkt === undefined ? 'Bearer' : 'DPoP',
    expires_in: minted.expiresInSeconds,
    ...(typeof scope === 'string' ? { scope } : {}),
    // The client is told what it got (RFC 9396 §7).
    ...(Array.isArray(details) ? { authorization_details: details } : {}),
  }
}
