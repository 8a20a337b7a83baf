import type { AccessTokenMint } from '../tokens/access-token-minting.js'
import type { Confirmation } from '../tokens/confirmation.js'
import type { UserGrant } from '../tokens/grant.js'
import { mintIdToken } from '../tokens/id-token-minting.js'
import type { IdTokenMintInput } from '../tokens/id-token-minting.js'
import type { RefreshTokens } from '../tokens/refresh-tokens.js'
import { authenticationClaims, userTokenClaims } from '../tokens/user-token-claims.js'
import { issueAccessToken } from './issue-access-token.js'
import type { TokenResponse } from './token-response.js'

export interface UserTokensInput extends IdTokenMintInput {
  readonly accessTokens: AccessTokenMint
  readonly refreshTokens: RefreshTokens
}

/** What a user's tokens are issued for. */
export interface UserTokensOrder {
  readonly grant: UserGrant
  readonly scopes: readonly string[]
  readonly nonce: string | undefined
  readonly confirmation: Confirmation | undefined
}

/**
 * Issues what a user's grant gives: an access token with the given scopes, a refresh token with those of the grant, and an
 * ID token if `openid` is among the scopes.
 */
export async function issueUserTokens(
  input: UserTokensInput,
  { grant, scopes, nonce, confirmation }: UserTokensOrder,
): Promise<TokenResponse> {
  const response = await issueAccessToken(input.accessTokens, { claims: userTokenClaims(grant, scopes), grant, confirmation })
  const idToken = scopes.includes('openid') ? await mintIdToken(input, idTokenClaims(grant, nonce), {}) : undefined
  const refreshToken = input.refreshTokens.issue(grant)
  return { ...response, refresh_token: refreshToken, ...(idToken === undefined ? {} : { id_token: idToken }) }
}

function idTokenClaims(grant: UserGrant, nonce: string | undefined): Record<string, unknown> {
  return { sub: grant.user.sub, aud: grant.clientId, ...authenticationClaims(grant), nonce, sid: grant.sessionId }
}
