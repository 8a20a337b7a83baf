import type { IssuerClient } from '../../client.js'
import type { IssuerUser } from '../../user.js'
import { matchesLoginHint } from '../authorization/login-hint.js'
import type { Form } from '../http/form.js'
import { OAuthRefusal } from '../http/oauth-refusal.js'
import { verifyIdTokenHint } from '../sessions/id-token-hint.js'
import type { IdTokenHintInput } from '../sessions/id-token-hint.js'

export interface HintedUserInput extends IdTokenHintInput {
  readonly users: readonly IssuerUser[]
}

/**
 * Finds the user whom a request is about, by exactly one hint: a `login_hint`, or an ID token that this client was issued (it may have
 * expired). There is no page on which somebody else could be typed, so only a configured user is known.
 *
 * @throws {OAuthRefusal} `invalid_request` or `unknown_user_id`
 * @see {@link https://openid.net/specs/openid-client-initiated-backchannel-authentication-core-1_0.html#auth_request CIBA Core 1.0 §7.1}
 */
export async function findHintedUser(form: Form, client: IssuerClient, input: HintedUserInput): Promise<IssuerUser> {
  if (form.has('login_hint_token')) throw new OAuthRefusal('invalid_request', 'A login_hint_token is not supported; use login_hint.')
  const hint = form.get('login_hint')
  const idToken = form.get('id_token_hint')
  if ((hint === undefined) === (idToken === undefined)) {
    throw new OAuthRefusal('invalid_request', 'Send one of login_hint and id_token_hint.')
  }
  const found = input.users.find(
    hint === undefined ? await byIdToken(idToken ?? '', client, input) : (user) => matchesLoginHint(user, hint),
  )
  if (found === undefined) throw new OAuthRefusal('unknown_user_id', 'The hint is of no configured user.')
  return found
}

async function byIdToken(idToken: string, client: IssuerClient, input: HintedUserInput): Promise<(user: IssuerUser) => boolean> {
  const hint = await verifyIdTokenHint(idToken, input)
  if (hint === 'invalid' || !hint.audiences.includes(client.clientId)) {
    throw new OAuthRefusal('invalid_request', 'The id_token_hint is no ID token that this client was issued here.')
  }
  return ({ sub }) => sub === hint.sub
}
