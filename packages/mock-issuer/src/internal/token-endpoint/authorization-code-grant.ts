import type { Laxity } from '../../laxity.js'
import type { AuthorizationCodes } from '../authorization/authorization-codes.js'
import { requiredParameter } from '../http/form.js'
import { OAuthRefusal } from '../http/oauth-refusal.js'
import { narrowTarget } from '../resource/token-target.js'
import { checkCodeVerifier, readCodeVerifier } from './code-verifier.js'
import type { GrantHandler } from './grant-handler.js'
import { issueUserTokens } from './user-tokens.js'
import type { UserTokensInput } from './user-tokens.js'

export interface AuthorizationCodeGrantInput extends UserTokensInput {
  readonly codes: AuthorizationCodes
  readonly lax: ReadonlySet<Laxity>
}

/**
 * Redeems a code: once, within its time, by the client that it was issued to, with the redirect URI of the authorization
 * request, the verifier of its challenge, and a proof of the DPoP key that it was bound to, if it was. A code that comes a second time
 * ends all that came of it.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-4.1.3 RFC 6749 §4.1.3}
 * @see {@link https://www.rfc-editor.org/rfc/rfc7636#section-4.6 RFC 7636 §4.6}
 * @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-10 RFC 9449 §10}
 */
export function createAuthorizationCodeGrant(input: AuthorizationCodeGrantInput): GrantHandler {
  return async ({ form, client, confirmation }) => {
    const value = requiredParameter(form, 'code')
    const redirectUri = requiredParameter(form, 'redirect_uri')
    const verifier = await readCodeVerifier(form, input.lax)

    // From here to the redemption nothing may be awaited, or two requests could redeem the same code.
    const found = input.codes.find(value)
    if (found === undefined) throw new OAuthRefusal('invalid_grant', 'The code is unknown or its 60 seconds are over.')
    const { code, redeemed } = found
    if (redeemed) {
      code.grant.revoked = true
      throw new OAuthRefusal('invalid_grant', 'The code was redeemed before. All tokens that came of it are revoked.')
    }
    if (code.grant.revoked) throw new OAuthRefusal('invalid_grant', 'The code was revoked, or the user has logged out.')
    if (code.grant.clientId !== client.clientId) throw new OAuthRefusal('invalid_grant', 'The code was issued to another client.')
    if (code.redirectUri !== redirectUri) {
      throw new OAuthRefusal('invalid_grant', 'The redirect_uri is not the one of the authorization request.')
    }
    checkCodeVerifier(verifier, code.codeChallenge)
    if (code.dpopJkt !== undefined && code.dpopJkt !== confirmation?.jkt) {
      throw new OAuthRefusal('invalid_grant', 'The code is bound to a DPoP key, and this is no proof of it.')
    }
    const target = narrowTarget(form, input, code.grant.target)
    if (!input.lax.has('code-reusable')) input.codes.redeem(value)
    return issueUserTokens(input, { grant: code.grant, scopes: code.grant.scopes, nonce: code.nonce, confirmation, target })
  }
}
