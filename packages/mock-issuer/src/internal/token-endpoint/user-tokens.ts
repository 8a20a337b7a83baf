import type { IssuerClient } from '../../client.js'
import { isPublicClient } from '../client-authentication/registered-methods.js'
import { tokenTargetClaims } from '../resource/token-target.js'
import type { TokenTarget, TokenTargetSettings } from '../resource/token-target.js'
import type { MintingConditions } from '../faults/minting-conditions.js'
import type { AccessTokenMint } from '../tokens/access-token-minting.js'
import type { Confirmation } from '../tokens/confirmation.js'
import type { UserGrant } from '../tokens/grant.js'
import { mintIdToken } from '../tokens/id-token-minting.js'
import type { IdTokenMintInput } from '../tokens/id-token-minting.js'
import type { RefreshTokens } from '../tokens/refresh-tokens.js'
import { authenticationClaims, userTokenClaims } from '../tokens/user-token-claims.js'
import { mayUseGrant } from './client-grant-types.js'
import { issueAccessToken } from './issue-access-token.js'
import type { TokenResponse } from './token-response.js'

export interface UserTokensInput extends IdTokenMintInput, TokenTargetSettings {
  readonly accessTokens: AccessTokenMint
  readonly refreshTokens: RefreshTokens
  readonly clients: ReadonlyMap<string, IssuerClient>
  readonly minting: MintingConditions
}

/** What a user's tokens are issued for. */
export interface UserTokensOrder {
  readonly grant: UserGrant
  readonly scopes: readonly string[]
  readonly nonce: string | undefined
  readonly confirmation: Confirmation | undefined
  /** What the access token is for, besides the scopes. Default: all that was granted. */
  readonly target?: TokenTarget | undefined
  /** Issues no refresh token: the client keeps the one that it has. */
  readonly keepRefreshToken?: boolean
}

/**
 * Issues what a user's grant gives: an access token with the given scopes, a refresh token with those of the grant if the client may use
 * one, and an ID token if `openid` is among the scopes. A public client's refresh token is bound to the key that it proves to have
 * (RFC 9449 §5, RFC 8705 §4).
 */
export async function issueUserTokens(
  input: UserTokensInput,
  { grant, scopes, nonce, confirmation, target = grant.target, keepRefreshToken = false }: UserTokensOrder,
): Promise<TokenResponse> {
  const claims = { ...userTokenClaims(grant, scopes), ...tokenTargetClaims(target) }
  const response = await issueAccessToken(input.accessTokens, { claims, grant, confirmation })
  const idToken = scopes.includes('openid')
    ? await mintIdToken({ ...input, ...input.minting }, idTokenClaims(grant, nonce), {}, grant)
    : undefined
  const client = input.clients.get(grant.clientId)
  const mayRefresh = client !== undefined && mayUseGrant(client, 'refresh_token') && !keepRefreshToken
  const refreshToken = mayRefresh ? input.refreshTokens.issue(grant, isPublicClient(client) ? confirmation : undefined) : undefined
  return {
    ...response,
    ...(refreshToken === undefined ? {} : { refresh_token: refreshToken }),
    ...(idToken === undefined ? {} : { id_token: idToken }),
  }
}

function idTokenClaims(grant: UserGrant, nonce: string | undefined): Record<string, unknown> {
  return { sub: grant.user.sub, aud: grant.clientId, ...authenticationClaims(grant), nonce, sid: grant.sessionId }
}
