import type { IssuerClient } from '../../client.js'
import type { Form } from '../http/form.js'
import type { TokenResponse } from './token-response.js'

/**
 * Answers token requests of one grant type, from a client that has authenticated.
 * @throws {OAuthRefusal} when the grant does not entitle the client to what it asks for
 */
export type GrantHandler = (form: Form, client: IssuerClient) => Promise<TokenResponse>
