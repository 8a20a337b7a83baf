import type { IssuerClient } from '../../client.js'
import type { Laxity } from '../../laxity.js'
import type { ClientRegistry } from '../registration/client-registry.js'
import { signAccessToken } from '../tokens/access-token-forms.js'
import type { AccessTokenMint } from '../tokens/access-token-minting.js'
import type { IssuedAccessToken } from '../tokens/issued-access-tokens.js'
import type { RefreshTokens } from '../tokens/refresh-tokens.js'
import { scopeClaim } from '../tokens/user-token-claims.js'
import { findActiveAccessToken } from './active-access-token.js'
import type { ActiveAccessTokenInput } from './active-access-token.js'

export interface DescribedTokenInput extends ActiveAccessTokenInput {
  readonly refreshTokens: RefreshTokens
  readonly accessTokens: AccessTokenMint
  readonly lax: ReadonlySet<Laxity>
  readonly registry: Pick<ClientRegistry, 'find'>
  issuerName(): string
}

/** An active token, as the client that asks about it may know it. */
export interface DescribedToken {
  readonly kind: 'access_token' | 'refresh_token'
  /** The members of the introspection response besides `active` (RFC 7662 §2.2). */
  readonly members: Readonly<Record<string, unknown>>
  /** The access token as a JWT, if it is one or has one. */
  readonly jwt: string | undefined
}

/**
 * Describes a token to a client; `undefined` if it is not active, or of no concern to the client: an access token that is for none of the
 * APIs that the client stands for, one that was issued to another client if the client registered itself, or the refresh token of another.
 */
export async function describeToken(token: string, client: IssuerClient, input: DescribedTokenInput): Promise<DescribedToken | undefined> {
  const found = await findActiveAccessToken(token, input)
  if (found !== undefined && isForClient(found, client, input)) return describeAccessToken(found.claims, found.jwt)
  const refreshToken = found === undefined ? describeRefreshToken(token, client, input) : undefined
  if (refreshToken !== undefined || !input.lax.has('introspection-always-active')) return refreshToken
  const known = input.issued.find(token)
  if (known !== undefined) return describeAccessToken(known.claims, known.jwt)
  const claims = input.accessTokens.defaultClaims()
  return describeAccessToken(claims, await signAccessToken(input.keys, claims))
}

function isForClient(
  { claims, grant }: IssuedAccessToken,
  { clientId, audience }: IssuerClient,
  { registry }: DescribedTokenInput,
): boolean {
  // Anyone may register, and nobody has said that what registers is an API: RFC 7662 §4 has the tokens of others kept from it.
  if (registry.find(clientId) !== undefined) return grant.clientId === clientId
  if (audience === undefined) return true
  return [claims['aud']].flat().some((name) => [audience].flat().some((own) => own === name))
}

function describeAccessToken(claims: Readonly<Record<string, unknown>>, jwt: string | undefined): DescribedToken {
  return { kind: 'access_token', members: { ...claims, token_type: isDpopBound(claims) ? 'DPoP' : 'Bearer' }, jwt }
}

// RFC 9449 §6.2: a token that is bound to a DPoP key says so in its type too.
function isDpopBound({ cnf }: Readonly<Record<string, unknown>>): boolean {
  return typeof cnf === 'object' && cnf !== null && 'jkt' in cnf && cnf.jkt !== undefined
}

function describeRefreshToken(token: string, client: IssuerClient, input: DescribedTokenInput): DescribedToken | undefined {
  const found = input.refreshTokens.find(token)
  if (found === undefined || found.rotated || found.grant.revoked || found.grant.clientId !== client.clientId) return undefined
  const members = {
    iss: input.issuerName(),
    client_id: found.grant.clientId,
    sub: found.grant.user.sub,
    scope: scopeClaim(found.grant.scopes),
    iat: found.issuedAtSeconds,
    exp: found.expiresAtSeconds,
  }
  return { kind: 'refresh_token', members, jwt: undefined }
}
