import type { IssuerClient } from '../../client.js'
import type { Parameters } from '../http/parameters.js'
import { verifyIdTokenHint } from '../sessions/id-token-hint.js'
import type { IdTokenHint, IdTokenHintInput } from '../sessions/id-token-hint.js'

/** Where the user is sent after the logout. */
export interface LogoutTarget {
  readonly uri: string
  readonly state: string | undefined
}

/** A request to log out that was checked. */
export interface LogoutRequest {
  /** The client that asks, if it said which it is. */
  readonly client: IssuerClient | undefined
  readonly hint: IdTokenHint | undefined
  /** That an `id_token_hint` came which this issuer did not sign, so that the user has to be asked. */
  readonly hintWasInvalid: boolean
  readonly target: LogoutTarget | undefined
}

/** A request is `valid`, or `unusable`: then nothing is done, and the user is told rather than sent anywhere. */
export type LogoutRequestOutcome =
  | { readonly outcome: 'valid'; readonly request: LogoutRequest }
  | { readonly outcome: 'unusable'; readonly reason: string }

export interface LogoutRequestInput extends IdTokenHintInput {
  readonly clients: ReadonlyMap<string, IssuerClient>
}

/**
 * Checks a request to log out: who it is from, by `id_token_hint` or `client_id` or both, and that the client registered where the user is
 * to be sent, character by character. `logout_hint` and `ui_locales` are taken and not used: a browser has one session, and pages are in English.
 *
 * @see {@link https://openid.net/specs/openid-connect-rpinitiated-1_0.html#RPLogout OpenID Connect RP-Initiated Logout 1.0 §2}
 */
export async function readLogoutRequest({ values, repeated }: Parameters, input: LogoutRequestInput): Promise<LogoutRequestOutcome> {
  if (repeated.length > 0) return unusable(`Send each parameter once; repeated: ${repeated.join(', ')}.`)
  const token = values.get('id_token_hint')
  const verified = token === undefined ? undefined : await verifyIdTokenHint(token, input)
  const hint = verified === 'invalid' ? undefined : verified
  const clientId = values.get('client_id')
  if (clientId !== undefined && hint !== undefined && !hint.audiences.includes(clientId)) {
    return unusable('The id_token_hint was issued to another client than the client_id says.')
  }
  const client = input.clients.get(clientId ?? hint?.audiences[0] ?? '')
  if (clientId !== undefined && client === undefined) return unusable('No client is registered with this client_id.')

  const uri = values.get('post_logout_redirect_uri')
  if (uri !== undefined && client === undefined) {
    return unusable('A post_logout_redirect_uri needs a client_id or a good id_token_hint, to tell which client it belongs to.')
  }
  if (uri !== undefined && !client?.postLogoutRedirectUris?.includes(uri)) {
    return unusable('The post_logout_redirect_uri is not registered for this client. It must be the same, character by character.')
  }
  const target = uri === undefined ? undefined : { uri, state: values.get('state') }
  return { outcome: 'valid', request: { client, hint, hintWasInvalid: verified === 'invalid', target } }
}

function unusable(reason: string): LogoutRequestOutcome {
  return { outcome: 'unusable', reason }
}
