import type { JWTPayload } from 'jose'
import type { Laxity } from '../../laxity.js'
import type { IssuerContract } from '../../contract.js'
import type { IssuerUser } from '../../user.js'
import { endpointPaths } from '../http/endpoint.js'
import { requiredParameter } from '../http/form.js'
import { OAuthRefusal } from '../http/oauth-refusal.js'
import { endpointUrl } from '../issuer-name.js'
import { maxIdentifierCharacters } from '../replay/used-identifiers.js'
import type { UsedIdentifiers } from '../replay/used-identifiers.js'
import { readRequestedScopes } from '../requested-scopes.js'
import { readRequestedTarget, tokenTargetClaims } from '../resource/token-target.js'
import type { TokenTargetSettings } from '../resource/token-target.js'
import type { GrantHandler } from '../token-endpoint/grant-handler.js'
import { issueAccessToken } from '../token-endpoint/issue-access-token.js'
import type { AccessTokenMint } from '../tokens/access-token-minting.js'
import { createGrant } from '../tokens/grant.js'
import { scopeClaim } from '../tokens/user-token-claims.js'
import type { TrustedIssuers } from './trusted-issuers.js'

export interface JwtBearerGrantInput extends TokenTargetSettings {
  readonly trustedIssuers: TrustedIssuers
  readonly usedIdentifiers: UsedIdentifiers
  readonly users: readonly IssuerUser[]
  readonly contract: IssuerContract | undefined
  readonly accessTokens: AccessTokenMint
  readonly lax: ReadonlySet<Laxity>
  issuerName(): string
  now(): number
}

const maxLifetimeSeconds = 3_600

/**
 * Issues an access token for the user whom a trusted issuer vouches for. The assertion is used once, by its `jti`, which RFC 7523
 * leaves open; without one it is taken under the laxity `assertion-jti-optional` alone. It may not be valid for more than an hour from now. There is no refresh token and no ID token: the client comes with the next assertion.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7523#section-3 RFC 7523 §3}
 */
export function createJwtBearerGrant(input: JwtBearerGrantInput): GrantHandler {
  return async ({ form, client, confirmation }) => {
    const assertion = requiredParameter(form, 'assertion')
    const requested = readRequestedScopes(form.get('scope'), client, input.contract, input.lax)
    if (requested.problem !== undefined) throw new OAuthRefusal('invalid_scope', requested.problem, 400, requested.advice)
    const target = tokenTargetClaims(readRequestedTarget(form, input))
    const verified = await input.trustedIssuers.verify(assertion, input.now())
    if (verified.problem !== undefined) throw new OAuthRefusal('invalid_grant', verified.problem)
    if (verified.type !== 'jwt') throw new OAuthRefusal('invalid_grant', 'The assertion is a JWT of another kind, by its typ.')
    const sub = checkAssertion(verified.claims, input)
    const user = input.users.find((candidate) => candidate.sub === sub) ?? { sub }
    const claims = { ...user.claims, sub, client_id: client.clientId, scope: scopeClaim(requested.scopes), ...target }
    return issueAccessToken(input.accessTokens, { claims, grant: createGrant(client.clientId), confirmation })
  }
}

/** The subject of an assertion, all of whose claims hold (RFC 7523 §3, 2 to 7). Takes its `jti`, so this comes last. */
function checkAssertion({ iss = '', sub, aud, exp = 0, jti }: JWTPayload, input: JwtBearerGrantInput): string {
  if (typeof sub !== 'string' || !/^[\x20-\x7e]{1,255}$/.test(sub)) {
    throw new OAuthRefusal('invalid_grant', 'The sub of the assertion is not 1 to 255 ASCII characters.')
  }
  if (!namesThisIssuer(aud, input.issuerName())) {
    throw new OAuthRefusal('invalid_grant', 'The aud of the assertion is neither this issuer nor its token endpoint.')
  }
  if (exp * 1000 > input.now() + maxLifetimeSeconds * 1000) {
    throw new OAuthRefusal('invalid_grant', `The assertion is valid for more than ${maxLifetimeSeconds} seconds from now.`)
  }
  if (jti === undefined && input.lax.has('assertion-jti-optional')) return sub
  if (jti === undefined) throw new OAuthRefusal('invalid_grant', 'The assertion has no jti, so that it could be used again and again.')
  if (typeof jti !== 'string' || jti === '' || jti.length > maxIdentifierCharacters) {
    throw new OAuthRefusal('invalid_grant', `The jti of the assertion is not a text of 1 to ${maxIdentifierCharacters} characters.`)
  }
  // Expiry counts in whole seconds: an exp with a fraction holds for the rest of its second.
  const problem = input.usedIdentifiers.take('assertion-grant', iss, jti, (exp + 1) * 1000)
  if (problem !== undefined) throw new OAuthRefusal('invalid_grant', `The assertion ${problem}.`)
  return sub
}

/** Whether an `aud` is for this issuer as an authorization server (RFC 7523 §3, 3). */
export function namesThisIssuer(aud: unknown, issuer: string): boolean {
  const audiences = new Set<unknown>([aud].flat())
  return audiences.has(issuer) || audiences.has(endpointUrl(issuer, endpointPaths.token))
}
