import type { AuthenticationLevel } from '../../authentication-level.js'
import type { IssuerUser } from '../../user.js'
import { preferredLevel } from '../sessions/authentication-levels.js'
import type { AuthenticationLevels } from '../sessions/authentication-levels.js'
import { verifyIdTokenHint } from '../sessions/id-token-hint.js'
import type { IdTokenHintInput } from '../sessions/id-token-hint.js'
import type { ClientRegistry } from '../registration/client-registry.js'
import { isTrustedRedirect } from '../registration/redirect-trust.js'
import { findLoginReason } from '../sessions/login-reason.js'
import { findSession } from '../sessions/session-cookie.js'
import { isUserName } from '../sessions/session-settings.js'
import { needsConsent } from '../sessions/session.js'
import type { Session } from '../sessions/session.js'
import { refuseAuthorization } from './authorization-error.js'
import type { AuthorizationError } from './authorization-error.js'
import type { AuthorizationRequest } from './authorization-request.js'
import { errorResponse } from './authorization-response.js'
import { formatBrowserCookie, newBrowserCookie, readBrowserCookies } from './browser-cookie.js'
import { errorPage } from './error-page.js'
import { createLoginCompletion } from './login-completion.js'
import type { LoginCompletionInput } from './login-completion.js'
import { matchesLoginHint } from './login-hint.js'
import { loginPage } from './login-page.js'
import { scopesWithoutAsking } from './offline-access.js'
import type { PendingLogins } from './pending-logins.js'
import { refusalResponse } from './refusal-response.js'

export interface LoginStartInput extends IdTokenHintInput, LoginCompletionInput {
  readonly logins: PendingLogins
  readonly registry: ClientRegistry
  readonly autoLogin: string | undefined
  now(): number
}

/** What is known when an authorization request is to be answered. */
interface Situation {
  readonly http: Request
  readonly request: AuthorizationRequest
  readonly session: Session | undefined
  /** Why the session will not do; `undefined` if it will. */
  readonly reason: string | undefined
  readonly hintedSub: string | undefined
}

/** The request header that names who is to be logged in, without a page. No web page can send it to another origin. */
const userHeader = 'mock-user'

/** Answers an authorization request that was checked: from the session alone, by a login without a page, or with the login page. */
export function createLoginStart(input: LoginStartInput): (http: Request, request: AuthorizationRequest) => Promise<Response> {
  const completion = createLoginCompletion(input)

  /** `prompt=none`: the session answers, or nobody does (OpenID Connect Core 1.0 §3.1.2.6). */
  async function answerSilently({ request, session, reason }: Situation): Promise<Response | AuthorizationError> {
    if (session === undefined || reason !== undefined) return refuseAuthorization('login_required', reason ?? 'No one is logged in.')
    const scopes = scopesWithoutAsking(request, session)
    const refused = checkSilence(session, { ...request, scopes }, input.users)
    if (refused !== undefined) return refused
    const problem = await completion.findProblem(request, session, scopes)
    if (problem !== undefined) return { ...refuseAuthorization('interaction_required', problem.reason), advice: problem.give }
    // Logged out while the contract's schema was asked.
    if (session.ended) return refuseAuthorization('login_required', 'The user has logged out.')
    return completion.goOn(request, session, scopes)
  }

  /** Does what a click on the login page would: the session goes on if it is that user's and will do. */
  async function logInByName(name: string, situation: Situation): Promise<Response | AuthorizationError> {
    const { http, request, session, reason, hintedSub } = situation
    if (hintedSub !== undefined && hintedSub !== name) return refuseAuthorization('login_required', 'The application expects another user.')
    const known = reason === undefined && session?.sub === name ? session : undefined
    const scopes = scopesWithoutAsking(request, known)
    const user = input.users.find(({ sub }) => sub === name)
    const level = initialLevel(user, request, input.levels)
    const authentication = { sub: name, authTimeSeconds: Math.floor(input.now() / 1000), level }
    const problem = await completion.findProblem(request, known ?? authentication, scopes)
    if (problem !== undefined) return { ...refuseAuthorization('access_denied', problem.reason), advice: problem.give }
    if (known !== undefined && !known.ended) return completion.goOn(request, known, scopes)
    return completion.logIn(http, request, authentication, scopes)
  }

  // Anyone's link would have the browser log in and follow: where a stranger wants to have the user, the page asks.
  function autoLoginFor({ redirectUri, client, demands: { loginHint } }: AuthorizationRequest): string | undefined {
    if (input.autoLogin === undefined || !isTrustedRedirect(redirectUri, client.clientId, input.registry)) return undefined
    const hinted = loginHint === undefined ? undefined : input.users.find((user) => matchesLoginHint(user, loginHint))
    return hinted?.sub ?? input.autoLogin
  }

  function showPage({ http, request, session, reason, hintedSub }: Situation): Promise<Response> {
    const issuer = input.issuerName()
    const browser = readBrowserCookies(http, issuer)[0] ?? newBrowserCookie()
    const loginId = input.logins.open({ request, browser, hintedSub })
    const offered = reason === undefined ? { session } : { session: undefined, reason: session && reason }
    return loginPage({ ...input, ...offered, request, issuer, loginId, cookie: formatBrowserCookie(browser, issuer) })
  }

  async function answer(http: Request, request: AuthorizationRequest): Promise<Response | AuthorizationError> {
    const { demands } = request
    const { acrValues } = demands
    if (acrValues.length > 0 && preferredLevel(acrValues, input.levels) === undefined) return unmet(acrValues)
    const hint = demands.idTokenHint === undefined ? undefined : await verifyIdTokenHint(demands.idTokenHint, input)
    if (hint === 'invalid') return refuseAuthorization('invalid_request', 'The id_token_hint is not an ID token of this issuer.')
    const session = findSession(http, input)
    const reason = findLoginReason(session, demands, { ...input, nowMs: input.now(), hintedSub: hint?.sub })
    const situation = { http, request, session, reason, hintedSub: hint?.sub }
    if (request.isSilent) return answerSilently(situation)
    const name = http.headers.get(userHeader) ?? autoLoginFor(request)
    if (name === undefined) return showPage(situation)
    if (!isUserName(name)) return errorPage(`The header ${userHeader} must be a user name of 1 to 255 ASCII characters.`)
    return logInByName(name, situation)
  }

  return async (http, request) => {
    const answered = await answer(http, request)
    if (answered instanceof Response) return answered
    const target = { ...request, issuer: input.issuerName(), clientId: request.client.clientId }
    // A silent request comes from a frame, where a page of the issuer's cannot be shown.
    return request.isSilent ? errorResponse(target, answered) : refusalResponse(target, answered, input)
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

// A session that would do may still have to be asked about.
function checkSilence(session: Session, request: AuthorizationRequest, users: readonly IssuerUser[]): AuthorizationError | undefined {
  const { demands, client, scopes, target } = request
  const user = users.find(({ sub }) => sub === session.sub) ?? { sub: session.sub }
  if (demands.loginHint !== undefined && !matchesLoginHint(user, demands.loginHint)) {
    return refuseAuthorization('account_selection_required', 'Another user is logged in than the one of the login_hint.')
  }
  // What authorization_details ask for is granted once, not once and for all (RFC 9396).
  const asksAnew = target.authorizationDetails.length > 0 || needsConsent(session, client.clientId, scopes)
  if (client.consent !== 'implied' && asksAnew) {
    return refuseAuthorization('consent_required', 'The user has not granted this to the client in this session yet.')
  }
  return undefined
}

function unmet(acrValues: readonly string[]): AuthorizationError {
  const description = `This issuer has no authentication level ${acrValues.join(' or ')}.`
  return refuseAuthorization('unmet_authentication_requirements', description)
}
