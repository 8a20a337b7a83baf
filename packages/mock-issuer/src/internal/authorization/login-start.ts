import type { AuthenticationLevel } from '../../authentication-level.js'
import type { IssuerContract } from '../../contract.js'
import type { IssuerUser } from '../../user.js'
import { verifyIdTokenHint } from '../sessions/id-token-hint.js'
import type { IdTokenHintInput } from '../sessions/id-token-hint.js'
import { preferredLevel } from '../sessions/authentication-levels.js'
import type { AuthenticationLevels } from '../sessions/authentication-levels.js'
import { findLoginReason } from '../sessions/login-reason.js'
import { readSessionCookie } from '../sessions/session-cookie.js'
import { isUserName } from '../sessions/session-settings.js'
import { needsConsent } from '../sessions/session.js'
import type { Session } from '../sessions/session.js'
import { refuseAuthorization } from './authorization-error.js'
import type { AuthorizationError } from './authorization-error.js'
import type { AuthorizationRequest } from './authorization-request.js'
import { errorResponse } from './authorization-response.js'
import { formatBrowserCookie, newBrowserCookie, readBrowserCookie } from './browser-cookie.js'
import { errorPage } from './error-page.js'
import { createLoginCompletion } from './login-completion.js'
import type { LoginCompletionInput } from './login-completion.js'
import { matchesLoginHint } from './login-hint.js'
import { loginPage } from './login-page.js'
import type { PendingLogins } from './pending-logins.js'

export interface LoginStartInput extends IdTokenHintInput, LoginCompletionInput {
  readonly contract: IssuerContract | undefined
  readonly logins: PendingLogins
  readonly autoLogin: string | undefined
  now(): number
}

/** The request header that names who is to be logged in, without a page. No web page can send it to another origin. */
const userHeader = 'mock-user'

/** Answers an authorization request that was checked: from the session alone, by a login without a page, or with the login page. */
export function createLoginStart(input: LoginStartInput): (http: Request, request: AuthorizationRequest) => Promise<Response> {
  const completion = createLoginCompletion(input)
  return async (http, request) => {
    const { demands, client, scopes } = request
    const refuse = (error: AuthorizationError): Response => errorResponse({ ...request, issuer: input.issuerName() }, error)
    const { acrValues } = demands
    if (acrValues.length > 0 && preferredLevel(acrValues, input.levels) === undefined) return refuse(unmet(acrValues))
    const hint = demands.idTokenHint === undefined ? undefined : await verifyIdTokenHint(demands.idTokenHint, input)
    if (hint === 'invalid') return refuse(refuseAuthorization('invalid_request', 'The id_token_hint is not an ID token of this issuer.'))

    const session = input.sessions.find(readSessionCookie(http))
    const reason = findLoginReason(session, demands, { ...input, nowMs: input.now(), hintedSub: hint?.sub })
    if (demands.prompts.includes('none')) {
      if (session === undefined || reason !== undefined) return refuse(refuseAuthorization('login_required', reason ?? ''))
      const refused = checkSilence(session, request, input.users)
      if (refused !== undefined) return refuse(refused)
      const problem = await completion.findProblem(request, session, scopes)
      if (problem !== undefined) return refuse(refuseAuthorization('interaction_required', problem))
      if (session.ended) return refuse(refuseAuthorization('login_required', 'The user has logged out.'))
      return completion.goOn(request, session, scopes)
    }

    const name = http.headers.get(userHeader) ?? input.autoLogin
    if (name !== undefined) {
      if (!isUserName(name)) return errorPage(`The header ${userHeader} must be a user name of 1 to 255 ASCII characters.`)
      if (hint !== undefined && hint.sub !== name)
        return refuse(refuseAuthorization('login_required', 'The application expects another user.'))
      const known = reason === undefined && session?.sub === name ? session : undefined
      const user = input.users.find(({ sub }) => sub === name)
      const level = initialLevel(user, request, input.levels)
      const authentication = { sub: name, authTimeSeconds: Math.floor(input.now() / 1000), level }
      const problem = await completion.findProblem(request, known ?? authentication, scopes)
      if (problem !== undefined) return refuse(refuseAuthorization('access_denied', problem))
      if (known !== undefined && !known.ended) return completion.goOn(request, known, scopes)
      return completion.logIn(http, request, authentication, scopes)
    }

    const browser = readBrowserCookie(http) ?? newBrowserCookie()
    const loginId = input.logins.open({ request, browser, hintedSub: hint?.sub })
    const issuer = input.issuerName()
    const shown = { session: reason === undefined ? session : undefined, reason: session === undefined ? undefined : reason }
    return loginPage({ ...input, ...shown, request, issuer, loginId, cookie: formatBrowserCookie(browser, issuer) })
  }
}

/** How someone logs in unless the login page says otherwise: as the client asks for, else as the user is configured. */
export function initialLevel(
  user: IssuerUser | undefined,
  { demands }: AuthorizationRequest,
  levels: AuthenticationLevels,
): AuthenticationLevel {
  return preferredLevel(demands.acrValues, levels) ?? levels.find(user?.acr) ?? levels.weakest
}

// A session that would do may still have to be asked about: prompt=none forbids that too (OpenID Connect Core 1.0 §3.1.2.6).
function checkSilence(session: Session, request: AuthorizationRequest, users: readonly IssuerUser[]): AuthorizationError | undefined {
  const { demands, client, scopes } = request
  const user = users.find(({ sub }) => sub === session.sub) ?? { sub: session.sub }
  if (demands.loginHint !== undefined && !matchesLoginHint(user, demands.loginHint)) {
    return refuseAuthorization('account_selection_required', 'Another user is logged in than the one of the login_hint.')
  }
  if (client.consent !== 'implied' && needsConsent(session, client.clientId, scopes)) {
    return refuseAuthorization('consent_required', 'The user has not granted this to the client in this session yet.')
  }
  return undefined
}

function unmet(acrValues: readonly string[]): AuthorizationError {
  return refuseAuthorization('unmet_authentication_requirements', `This issuer has no authentication level ${acrValues.join(' or ')}.`)
}
