import type { IssuerUser } from '../../user.js'
import { describeLoginProblem } from '../advice/login-problem.js'
import type { LoginProblem } from '../advice/login-problem.js'
import { findSessionCookie, formatSessionCookie } from '../sessions/session-cookie.js'
import { reportedAcr } from '../sessions/authentication-levels.js'
import type { AuthenticationLevels } from '../sessions/authentication-levels.js'
import { createSessionGrant } from '../sessions/session-grant.js'
import { rememberConsent } from '../sessions/session.js'
import type { Authentication, Session } from '../sessions/session.js'
import type { Sessions } from '../sessions/sessions.js'
import type { AccessTokenMint } from '../tokens/access-token-minting.js'
import { userTokenClaims } from '../tokens/user-token-claims.js'
import type { AuthorizationCodes } from './authorization-codes.js'
import type { AuthorizationRequest } from './authorization-request.js'
import { codeResponse } from './authorization-response.js'
import { answerIfStillAllowed } from './request-recheck.js'
import type { RequestRecheckInput } from './request-recheck.js'

export interface LoginCompletionInput extends RequestRecheckInput {
  readonly users: readonly IssuerUser[]
  readonly levels: AuthenticationLevels
  readonly sessions: Sessions
  readonly codes: AuthorizationCodes
  readonly accessTokens: AccessTokenMint
  readonly sessionTtlSeconds: number
  issuerName(): string
}

/** The end of every login, with a page or without: someone grants scopes to a client. */
export interface LoginCompletion {
  /** Why the contract would not allow a token for this grant, and what can be done about it. */
  findProblem(request: AuthorizationRequest, authentication: Authentication, scopes: readonly string[]): Promise<LoginProblem | undefined>
  /** Sends the user of a session back with a code, if the client may still have it. */
  goOn(request: AuthorizationRequest, session: Session, scopes: readonly string[]): Promise<Response>
  /** Logs someone in with the browser that the HTTP request comes from, and sends them back with a code, if the client may still have it. */
  logIn(http: Request, request: AuthorizationRequest, authentication: Authentication, scopes: readonly string[]): Promise<Response>
}

export function createLoginCompletion(input: LoginCompletionInput): LoginCompletion {
  const userOf = (sub: string): IssuerUser => input.users.find((user) => user.sub === sub) ?? { sub }

  function sendBack(request: AuthorizationRequest, session: Session, scopes: readonly string[]): Response {
    const { clientId } = request.client
    const acr = reportedAcr(session.level, request.demands.acrValues, input.levels)
    const grant = createSessionGrant({ session, clientId, user: userOf(session.sub), scopes, acr, target: request.target })
    rememberConsent(session, clientId, scopes)
    return codeResponse({ ...request, issuer: input.issuerName() }, input.codes.issue({ ...request, grant }))
  }

  return {
    goOn: (request, session, scopes) => answerIfStillAllowed(request, input, (current) => sendBack(current, session, scopes)),
    async findProblem({ client, target }, { sub, authTimeSeconds }, scopes) {
      const grant = { clientId: client.clientId, user: userOf(sub), scopes, authTimeSeconds, target, revoked: false }
      const breach = await input.accessTokens.findBreach(userTokenClaims(grant, scopes))
      const isConfigured = input.users.some((user) => user.sub === sub)
      return breach && describeLoginProblem(breach, { sub, isConfigured })
    },
    logIn(http, request, authentication, scopes) {
      return answerIfStillAllowed(request, input, (current) => {
        const { session, cookie } = input.sessions.start(authentication, findSessionCookie(http, input))
        const response = sendBack(current, session, scopes)
        response.headers.append('set-cookie', formatSessionCookie(cookie, input.issuerName(), input.sessionTtlSeconds))
        return response
      })
    },
  }
}
