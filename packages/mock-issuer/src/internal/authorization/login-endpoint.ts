import type { IssuerContract } from '../../contract.js'
import type { IssuerUser } from '../../user.js'
import { endpointPaths } from '../http/endpoint.js'
import type { Endpoint } from '../http/endpoint.js'
import { readForm } from '../http/form.js'
import type { Form } from '../http/form.js'
import { OAuthRefusal } from '../http/oauth-refusal.js'
import type { AccessTokenMint } from '../tokens/access-token-minting.js'
import type { UserGrant } from '../tokens/grant.js'
import { userTokenClaims } from '../tokens/user-token-claims.js'
import type { AuthorizationCodes } from './authorization-codes.js'
import { codeResponse, errorResponse } from './authorization-response.js'
import { formatBrowserCookie, readBrowserCookie } from './browser-cookie.js'
import { errorPage } from './error-page.js'
import { loginPage } from './login-page.js'
import type { LoginPageInput } from './login-page.js'
import type { PendingLogin, PendingLogins } from './pending-logins.js'

export interface LoginEndpointInput {
  readonly users: readonly IssuerUser[]
  readonly contract: IssuerContract | undefined
  readonly logins: PendingLogins
  readonly codes: AuthorizationCodes
  readonly accessTokens: AccessTokenMint
  issuerName(): string
  now(): number
}

/** Takes the answer that the login page's forms post, from the browser that the page was shown in. */
export function createLoginEndpoint(input: LoginEndpointInput): Endpoint {
  async function answer(request: Request, form: Form): Promise<Response> {
    const loginId = form.get('login') ?? ''
    const login = input.logins.find(loginId)
    if (login === undefined) return errorPage('This login page was answered already, or was open for too long.')
    if (readBrowserCookie(request) !== login.browser) {
      return errorPage('This answer does not come from the browser that the login page was shown in. Are cookies switched off?', 403)
    }
    const target = { ...login.request, issuer: input.issuerName() }
    if (form.get('action') === 'cancel') {
      input.logins.close(loginId)
      return errorResponse(target, { code: 'access_denied', description: 'The user cancelled the login.' })
    }
    const typedName = form.get('username')?.trim()
    const name = form.get('user') ?? typedName ?? ''
    if (!/^[\x20-\x7e]{1,255}$/.test(name))
      return again({ login, loginId, typedName, problem: 'A user name is 1 to 255 ASCII characters.' })
    const user = input.users.find(({ sub }) => sub === name) ?? { sub: name }
    const grant = createUserGrant(user, login, input.now())
    const breach = await input.accessTokens.findBreach(userTokenClaims(grant, grant.scopes))
    if (breach !== undefined) return again({ login, loginId, typedName, problem: `${name} cannot log in here. ${breach.message}` })
    // Looked up again: another answer may have come in while the contract's schema was asked.
    if (input.logins.find(loginId) === undefined) return errorPage('This login page was answered already.')
    input.logins.close(loginId)
    return codeResponse(target, input.codes.issue({ ...login.request, grant }))
  }

  function again({
    login,
    ...rest
  }: { login: PendingLogin } & Pick<LoginPageInput, 'loginId' | 'typedName' | 'problem'>): Promise<Response> {
    const issuer = input.issuerName()
    return loginPage({ ...input, ...login.request, ...rest, issuer, cookie: formatBrowserCookie(login.browser, issuer) })
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

function createUserGrant(user: IssuerUser, { request }: PendingLogin, nowMs: number): UserGrant {
  return { clientId: request.client.clientId, user, scopes: request.scopes, authTimeSeconds: Math.floor(nowMs / 1000), revoked: false }
}
