import type { IssuerClient } from '../../client.js'
import type { Form } from '../http/form.js'
import type { Confirmation } from '../tokens/confirmation.js'
import type { TokenResponse } from './token-response.js'

/** A request to the token endpoint, from a client that has authenticated. */
export interface TokenRequest {
  readonly form: Form
  readonly client: IssuerClient
  /** What the client proved to have: the tokens that it gets are bound to it. */
  readonly confirmation: Confirmation | undefined
}

/**
 * Answers token requests of one grant type.
 * @throws {OAuthRefusal} when the grant does not entitle the client to what it asks for
 */
export type GrantHandler = (request: TokenRequest) => Promise<TokenResponse>
