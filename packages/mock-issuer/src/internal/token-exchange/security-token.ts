import { createLocalJWKSet } from 'jose'
import type { IssuerClient } from '../../client.js'
import { OAuthRefusal } from '../http/oauth-refusal.js'
import { namesThisIssuer } from '../jwt-bearer/jwt-bearer-grant.js'
import { unverifiedIssuer, verifyJwt } from '../jwt-bearer/trusted-issuers.js'
import type { JwtVerification, TrustedIssuers } from '../jwt-bearer/trusted-issuers.js'
import { toJwks } from '../signing/signing-keys.js'
import type { SigningKeys } from '../signing/signing-keys.js'
import { findActiveAccessToken } from '../token-status/active-access-token.js'
import type { ActiveAccessTokenInput } from '../token-status/active-access-token.js'
import type { IssuedIdTokens } from '../tokens/issued-id-tokens.js'
import type { GrantOrigin } from './derived-grant.js'
import type { ExchangedTokenType } from './token-type.js'

/** The subject or the actor of an exchange, verified. */
export interface SecurityToken {
  readonly sub: string
  readonly claims: Readonly<Record<string, unknown>>
  /** Whether it is an access token of this issuer, whose claims have the meaning that they have here. */
  readonly isOwnAccessToken: boolean
  /** A token of this issuer and its grant: what ends either ends what comes of the exchange too. */
  readonly origin: GrantOrigin | undefined
}

export interface SecurityTokenInput extends ActiveAccessTokenInput {
  readonly keys: SigningKeys
  readonly issuedIdTokens: IssuedIdTokens
  readonly trustedIssuers: TrustedIssuers
  issuerName(): string
  now(): number
}

/** What is presented, by whom. */
export interface PresentedSecurityToken {
  readonly name: 'subject_token' | 'actor_token'
  readonly token: string
  readonly type: ExchangedTokenType
  readonly client: IssuerClient
}

/**
 * Verifies a token of this issuer or of a trusted one. An access token of this issuer must stand: issued here, not expired, not revoked.
 * An ID token of this issuer must be for the client that presents it, issued here, and of a grant that has not ended. A JWT of a trusted issuer must be for this issuer or its token endpoint, or, if it
 * is an ID token, for the client; its `typ` must be that of its type.
 *
 * @throws {OAuthRefusal} `invalid_request` (RFC 8693 §2.2.2)
 */
export async function verifySecurityToken(presented: PresentedSecurityToken, input: SecurityTokenInput): Promise<SecurityToken> {
  const { token, type } = presented
  if (type !== 'id_token') {
    const issued = await findActiveAccessToken(token, input)
    if (issued !== undefined && (type === 'access_token' || issued.jwt === token))
      return withSubject(presented, issued.claims, { isOwnAccessToken: true, origin: { token: issued, grant: issued.grant } })
  }
  const issuer = unverifiedIssuer(token)
  const isOwn = issuer === input.issuerName()
  // An own access token that is not remembered has expired, was revoked, or was never issued.
  if (isOwn && type === 'access_token') throw refusal(presented, 'is unknown, expired or revoked')
  const verified = await verifyFrom(isOwn, token, input)
  if (verified.problem !== undefined) throw refusal(presented, `cannot be verified: ${verified.problem}`)
  const { claims } = verified
  if (!hasTypeOf(type, verified.type, isOwn)) throw refusal(presented, `is a JWT of another kind than ${type}, by its typ`)
  if (!isMeantForUs(claims.aud, { isOwn, isIdToken: isOwn || type === 'id_token' }, presented.client, input))
    throw refusal(presented, 'is meant for somebody else')
  const grant = isOwn ? await input.issuedIdTokens.findGrant(token) : undefined
  if (isOwn && (grant === undefined || grant.revoked)) throw refusal(presented, 'is unknown, or what it was issued for has ended')
  return withSubject(presented, claims, { isOwnAccessToken: false, origin: grant && { grant } })
}

async function verifyFrom(
  isOwn: boolean,
  token: string,
  { keys, trustedIssuers, issuerName, now }: SecurityTokenInput,
): Promise<JwtVerification> {
  if (!isOwn) return trustedIssuers.verify(token, now())
  return verifyJwt(token, createLocalJWKSet(toJwks(await keys.published())), { issuer: issuerName(), nowMs: now() })
}

// RFC 8725 §3.11: kinds of JWTs must not be taken for each other. The own JWTs that get here are ID tokens.
function hasTypeOf(type: ExchangedTokenType, typ: string, isOwn: boolean): boolean {
  if (type === 'id_token' || isOwn) return typ === 'jwt'
  return type === 'access_token' ? typ === 'at+jwt' : typ === 'jwt' || typ === 'at+jwt'
}

function isMeantForUs(
  aud: unknown,
  { isOwn, isIdToken }: { isOwn: boolean; isIdToken: boolean },
  { clientId }: IssuerClient,
  { issuerName }: SecurityTokenInput,
): boolean {
  const isForClient = isIdToken && [aud].flat().includes(clientId)
  return isForClient || (!isOwn && namesThisIssuer(aud, issuerName()))
}

function withSubject(
  presented: PresentedSecurityToken,
  claims: Readonly<Record<string, unknown>>,
  kind: Pick<SecurityToken, 'isOwnAccessToken' | 'origin'>,
): SecurityToken {
  const { sub } = claims
  if (typeof sub !== 'string' || !/^[\x20-\x7e]{1,255}$/.test(sub)) throw refusal(presented, 'has no sub of 1 to 255 ASCII characters')
  return { sub, claims, ...kind }
}

function refusal({ name }: PresentedSecurityToken, what: string): OAuthRefusal {
  return new OAuthRefusal('invalid_request', `The ${name} ${what}.`)
}
