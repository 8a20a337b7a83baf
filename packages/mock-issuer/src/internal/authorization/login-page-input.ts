import type { IssuerContract } from '../../contract.js'
import type { IssuerUser } from '../../user.js'
import type { ClientRegistry } from '../registration/client-registry.js'
import type { AuthenticationLevels } from '../sessions/authentication-levels.js'
import type { Session } from '../sessions/session.js'
import type { AuthorizationRequest } from './authorization-request.js'
import type { LoginAnswer } from './login-answer.js'

/** What the login page shows. */
export interface LoginPageInput {
  readonly issuer: string
  readonly loginId: string
  readonly request: AuthorizationRequest
  readonly contract: IssuerContract | undefined
  /** Knows the clients that registered themselves. */
  readonly registry: Pick<ClientRegistry, 'find'>
  readonly users: readonly IssuerUser[]
  readonly levels: AuthenticationLevels
  /** The session of the browser, if it will do for the request: then its user can go on with a click. */
  readonly session: Session | undefined
  /** Why the session of the browser will not do. */
  readonly reason?: string | undefined
  /** Why the last answer was not taken. */
  readonly problem?: string | undefined
  /** What was chosen then: it is chosen still. */
  readonly given?: LoginAnswer | undefined
  readonly cookie: string
  now(): number
}
