import type { LoginProblem } from '../advice/login-problem.js'
import { endpointPaths } from '../http/endpoint.js'
import type { Endpoint } from '../http/endpoint.js'
import { readForm } from '../http/form.js'
import type { Form } from '../http/form.js'
import { errorDescription, OAuthRefusal } from '../http/oauth-refusal.js'
import { explainRefusal } from '../http/refusal.js'
import type { ClientRegistry } from '../registration/client-registry.js'
import { findLoginReason } from '../sessions/login-reason.js'
import { findSession } from '../sessions/session-cookie.js'
import { isUserName } from '../sessions/session-settings.js'
import { authorizationErrorCodes } from './authorization-error.js'
import type { AuthorizationError } from './authorization-error.js'
import type { AuthorizationRequest } from './authorization-request.js'
import { errorResponse } from './authorization-response.js'
import { formatBrowserCookie, readBrowserCookies } from './browser-cookie.js'
import { errorPage } from './error-page.js'
import { readLoginAnswer } from './login-answer.js'
import type { LoginAnswer } from './login-answer.js'
import { createLoginCompletion } from './login-completion.js'
import type { LoginCompletionInput } from './login-completion.js'
import { loginPage } from './login-page.js'
import { initialLevel } from './login-start.js'
import type { PendingLogin, PendingLogins } from './pending-logins.js'
import { answerIfStillAllowed } from './request-recheck.js'

export interface LoginEndpointInput extends LoginCompletionInput {
  readonly logins: PendingLogins
  readonly registry: ClientRegistry
  now(): number
}

/** Takes the answer that the login page's form posts, from the browser that the page was shown in. */
export function createLoginEndpoint(input: LoginEndpointInput): Endpoint {
  const completion = createLoginCompletion(input)

  async function answer(http: Request, form: Form): Promise<Response> {
    const loginId = form.get('login') ?? ''
    const login = input.logins.find(loginId)
    if (login === undefined) return errorPage('This login page was answered already, or was open for too long.')
    if (!readBrowserCookies(http, input.issuerName()).includes(login.browser)) {
      return errorPage(
        'This answer does not come from the browser that the login page was shown in. Either cookies are switched off, or two tabs were opened at once, of which the last one counts: begin again in the application.',
        403,
      )
    }
    const answered = { loginId, login, given: readLoginAnswer(form, login.request) }
    const done = await act(http, answered)
    return typeof done === 'string' ? again(http, answered, done) : done
  }

  /** Does what was chosen; a string says why it cannot be done. */
  async function act(http: Request, answered: Answered): Promise<Response | string> {
    const { action } = answered.given
    if (action === 'cancel') return refuse(answered, { code: 'access_denied', description: 'The user cancelled the login.' })
    if (action === 'go-on') return goOn(http, answered)
    if (action === 'log-in') return logIn(http, answered)
    const code = authorizationErrorCodes.find((known) => known === answered.given.error)
    return code === undefined ? 'Choose one of the errors.' : refuse(answered, { code, description: 'Chosen on the login page.' })
  }

  function refuse({ loginId, login }: Answered, error: AuthorizationError): Promise<Response> {
    const respond = (request: AuthorizationRequest): Response => errorResponse({ ...request, issuer: input.issuerName() }, error)
    return finish(loginId, () => answerIfStillAllowed(login.request, input, respond))
  }

  // Everything about the session is asked again: the page may have been open for long, and a form can be posted by hand.
  async function goOn(http: Request, { loginId, login, given }: Answered): Promise<Response | string> {
    const { request, hintedSub } = login
    const session = findSession(http, input)
    if (session === undefined || session.id !== given.sessionId) return 'That user is no longer logged in.'
    const reason = findLoginReason(session, request.demands, { ...input, nowMs: input.now(), hintedSub })
    if (reason !== undefined) return reason
    const problem = await completion.findProblem(request, session, given.scopes)
    if (problem !== undefined) return onPage(problem, request)
    if (session.ended) return 'That user is no longer logged in.'
    return finish(loginId, () => completion.goOn(request, session, given.scopes))
  }

  async function logIn(http: Request, { loginId, login, given }: Answered): Promise<Response | string> {
    const { request, hintedSub } = login
    const { name, acr } = given
    if (!isUserName(name)) return 'A user name is 1 to 255 ASCII characters.'
    const user = input.users.find(({ sub }) => sub === name)
    const level = acr === undefined ? initialLevel(user, request, input.levels) : input.levels.find(acr)
    if (level === undefined) return 'Choose one of the ways of logging in.'
    const authentication = { sub: name, level, authTimeSeconds: Math.floor(input.now() / 1000) }
    const problem = await completion.findProblem(request, authentication, given.scopes)
    if (problem !== undefined) return onPage(problem, request)
    // OpenID Connect Core 1.0 §3.1.2.1: with an id_token_hint no other user may be answered with.
    if (hintedSub !== undefined && hintedSub !== name) {
      const description = 'Another user logged in than the one of the id_token_hint.'
      return refuse({ loginId, login, given }, { code: 'login_required', description })
    }
    return finish(loginId, () => completion.logIn(http, request, authentication, given.scopes))
  }

  // Looked up again: another answer may have come in while the contract's schema was asked.
  function finish(loginId: string, respond: () => Promise<Response>): Promise<Response> {
    if (input.logins.find(loginId) === undefined) return errorPage('This login page was answered already.')
    input.logins.close(loginId)
    return respond()
  }

  async function again(http: Request, { loginId, login, given }: Answered, problem: string): Promise<Response> {
    const issuer = input.issuerName()
    const { request, hintedSub } = login
    const current = findSession(http, input)
    const reason = findLoginReason(current, request.demands, { ...input, nowMs: input.now(), hintedSub })
    const session = reason === undefined ? current : undefined
    const cookie = formatBrowserCookie(login.browser, issuer)
    const page = await loginPage({ ...input, request, session, loginId, given, problem, issuer, cookie })
    return explainRefusal(page, { error: 'interaction_required', description: errorDescription(problem) })
  }

  return {
    name: 'login',
    path: endpointPaths.login,
    cors: 'none',
    methods: {
      async POST(request) {
        try {
          return await answer(request, await readForm(request))
        } catch (error) {
          if (error instanceof OAuthRefusal) return errorPage(error.message, error.status)
          throw error
        }
      },
    },
  }
}

// With implied consent there is nothing to untick.
function onPage({ reason, untick, give }: LoginProblem, { client }: AuthorizationRequest): string {
  return `${reason} ${client.consent === 'implied' ? give : untick}`
}

interface Answered {
  readonly loginId: string
  readonly login: PendingLogin
  readonly given: LoginAnswer
}
