import type { AccessTokenFormat } from '../../access-token-format.js'
import type { IssuerClient } from '../../client.js'
import type { Laxity } from '../../laxity.js'
import type { IssuerUser } from '../../user.js'
import { requiredParameter } from '../http/form.js'
import type { Form } from '../http/form.js'
import { OAuthRefusal } from '../http/oauth-refusal.js'
import type { TokenTargetSettings } from '../resource/token-target.js'
import type { GrantHandler } from '../token-endpoint/grant-handler.js'
import { issueAccessToken } from '../token-endpoint/issue-access-token.js'
import type { AccessTokenMint } from '../tokens/access-token-minting.js'
import { scopeClaim } from '../tokens/user-token-claims.js'
import { actClaim, checkActors, checkMayAct } from './delegation.js'
import { deriveGrant } from './derived-grant.js'
import { exchangedAudience, exchangedDetails, exchangedExpiry, exchangedScopes } from './exchange-bounds.js'
import { verifySecurityToken } from './security-token.js'
import type { SecurityToken, SecurityTokenInput } from './security-token.js'
import { checkBinding, isMeantForClient } from './token-binding.js'
import { readRequestedTokenType, readTokenType, tokenTypeIdentifier } from './token-type.js'
import type { IssuedTokenType } from './token-type.js'

export interface TokenExchangeGrantInput extends SecurityTokenInput, TokenTargetSettings {
  readonly users: readonly IssuerUser[]
  readonly audience: string | readonly string[]
  readonly accessTokens: AccessTokenMint
  readonly lax: ReadonlySet<Laxity>
  readonly accessTokenTtlSeconds: number
  readonly accessTokenFormat: AccessTokenFormat
}

/**
 * Exchanges a token for an access token of the same subject: for the client that asks, with no more scopes, no other audience and no
 * longer life than the subject token has, and with the actor if there is one. There is no refresh token. A token that is bound to a key is
 * exchanged for who proves to have it, and the new token is bound to what was proven.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc8693#section-2 RFC 8693 §2}
 */
export function createTokenExchangeGrant(input: TokenExchangeGrantInput): GrantHandler {
  return async ({ form, client, confirmation }) => {
    const requestedType = readRequestedTokenType(form)
    checkFormat(requestedType, client, input)
    const subject = await verifySubject(form, client, input)
    const actor = await verifyActor(form, client, input)
    if (!isMeantForClient(subject, client, input.issuerName())) checkBinding(subject, confirmation)
    if (actor !== undefined) checkBinding(actor, confirmation)
    checkMayAct(subject, actor, client, input.issuerName())
    const act = actClaim(subject, actor, input.issuerName())
    checkActors(act)
    const claims = {
      ...subjectClaims(subject, input),
      sub: subject.sub,
      client_id: client.clientId,
      scope: scopeClaim(exchangedScopes(form, subject, client, input.lax)),
      aud: exchangedAudience(form, allowedAudience(subject, input)),
      authorization_details: exchangedDetails(form, subject, input),
      exp: exchangedExpiry(subject, Math.floor(input.now() / 1000) + input.accessTokenTtlSeconds),
      act,
      may_act: subject.claims['may_act'],
    }
    const grant = deriveGrant(client.clientId, subject.origin)
    const response = await issueAccessToken(input.accessTokens, { claims, grant, confirmation })
    return { ...response, issued_token_type: tokenTypeIdentifier(requestedType) }
  }
}

// An access token is a JWT for the clients that get JWTs, and for no others.
function checkFormat(requestedType: IssuedTokenType, client: IssuerClient, { accessTokenFormat }: TokenExchangeGrantInput): void {
  const format = client.accessTokenFormat ?? accessTokenFormat
  if (requestedType === 'access_token' || format === 'jwt') return
  throw new OAuthRefusal('invalid_request', `The access tokens of the client are ${format}: no jwt can be issued to it.`)
}

function verifySubject(form: Form, client: IssuerClient, input: SecurityTokenInput): Promise<SecurityToken> {
  const token = requiredParameter(form, 'subject_token')
  return verifySecurityToken({ name: 'subject_token', token, type: readTokenType(form, 'subject_token_type'), client }, input)
}

// RFC 8693 §2.1: the type is required with an actor token, and must not be there without one.
async function verifyActor(form: Form, client: IssuerClient, input: SecurityTokenInput): Promise<SecurityToken | undefined> {
  const token = form.get('actor_token')
  if (token !== undefined)
    return verifySecurityToken({ name: 'actor_token', token, type: readTokenType(form, 'actor_token_type'), client }, input)
  if (form.has('actor_token_type')) throw new OAuthRefusal('invalid_request', 'There is an actor_token_type and no actor_token.')
  return undefined
}

// What the new token says anew, or what belonged to the token and not to its subject.
const replaced = new Set(['iss', 'aud', 'exp', 'nbf', 'iat', 'jti', 'cnf', 'client_id', 'scope', 'act', 'may_act'])

// Of an access token of this issuer everything that it says about the subject is kept. Of any other token only the subject is: its claims
// are of another vocabulary, and the user's own take their place.
function subjectClaims({ sub, claims, isOwnAccessToken }: SecurityToken, { users }: TokenExchangeGrantInput): Record<string, unknown> {
  if (!isOwnAccessToken) return { ...users.find((user) => user.sub === sub)?.claims }
  return Object.fromEntries(Object.entries(claims).filter(([claim]) => !replaced.has(claim)))
}

function allowedAudience({ isOwnAccessToken, claims: { aud } }: SecurityToken, { audience }: TokenExchangeGrantInput): readonly string[] {
  const allowed: readonly unknown[] = [isOwnAccessToken ? aud : audience].flat()
  return allowed.filter((name) => typeof name === 'string')
}
