import type { IssuerUser } from '../../user.js'
import { errorPage } from '../authorization/error-page.js'
import { displayName } from '../authorization/display-name.js'
import { endpointPaths } from '../http/endpoint.js'
import type { Endpoint } from '../http/endpoint.js'
import { readParameters } from '../http/form.js'
import { OAuthRefusal } from '../http/oauth-refusal.js'
import { parseParameters } from '../http/parameters.js'
import type { Parameters } from '../http/parameters.js'
import { endpointUrl } from '../issuer-name.js'
import type { ClientRegistry } from '../registration/client-registry.js'
import { isTrustedRedirect } from '../registration/redirect-trust.js'
import type { IdTokenHint } from '../sessions/id-token-hint.js'
import { findSession, readSessionCookies } from '../sessions/session-cookie.js'
import type { Session } from '../sessions/session.js'
import { logoutPage } from './logout-page.js'
import { readLogoutRequest } from './logout-request.js'
import type { LogoutRequest, LogoutRequestInput, LogoutTarget } from './logout-request.js'
import { loggedOutResponse } from './logout-response.js'
import type { PendingLogouts } from './pending-logouts.js'
import { endSession } from './session-end.js'
import type { SessionEndInput } from './session-end.js'

export interface EndSessionEndpointInput extends SessionEndInput, LogoutRequestInput {
  readonly users: readonly IssuerUser[]
  readonly pendingLogouts: PendingLogouts
  readonly registry: Pick<ClientRegistry, 'find'>
}

const maxQueryCharacters = 16_384

/**
 * The logout endpoint: ends the session of the browser at once when the `id_token_hint` belongs to it, and asks the user otherwise. A session
 * of another browser is never ended here: a hint is no credential. Who is not logged in is sent on at once, but not to where a stranger
 * registered that people be sent.
 *
 * @see {@link https://openid.net/specs/openid-connect-rpinitiated-1_0.html OpenID Connect RP-Initiated Logout 1.0}
 */
export function createEndSessionEndpoint(input: EndSessionEndpointInput): Endpoint {
  async function answer(http: Request, parameters: Parameters): Promise<Response> {
    const read = await readLogoutRequest(parameters, input)
    if (read.outcome === 'unusable') return errorPage(read.reason)
    const { request } = read
    const session = findSession(http, input)
    if (session === undefined) return loggedOutResponse(undefined, trustedTarget(request), input)
    if (request.hint === undefined || !belongs(request.hint, session)) return ask(session, request)
    await endSession(session, input)
    return loggedOutResponse(session, request.target, input)
  }

  /** Where someone may be sent who was not logged in, and so was not asked anything. */
  function trustedTarget({ client, target }: LogoutRequest): LogoutTarget | undefined {
    if (client === undefined || target === undefined) return target
    return isTrustedRedirect(target.uri, client.clientId, input.registry) ? target : undefined
  }

  function ask(session: Session, { client, target, hintWasInvalid }: LogoutRequest): Promise<Response> {
    const user = input.users.find(({ sub }) => sub === session.sub) ?? { sub: session.sub }
    return logoutPage({
      issuer: input.issuerName(),
      logoutId: input.pendingLogouts.open({ sessionId: session.id, target }),
      userName: displayName(user),
      clientName: client && (client.name ?? client.clientId),
      hintWasInvalid,
      formActionScheme: target && new URL(target.uri).protocol,
    })
  }

  return {
    name: 'end-session',
    path: endpointPaths['end-session'],
    cors: 'none',
    metadata: (url) => ({
      end_session_endpoint: url,
      frontchannel_logout_supported: true,
      frontchannel_logout_session_supported: true,
      backchannel_logout_supported: true,
      backchannel_logout_session_supported: true,
    }),
    methods: {
      async GET(http) {
        const query = new URL(http.url).search
        if (query.length > maxQueryCharacters) return errorPage(`The query is longer than ${maxQueryCharacters} characters.`, 414)
        return answer(http, parseParameters(query))
      },
      async POST(http) {
        try {
          const parameters = await readParameters(http)
          return readSessionCookies(http, input.issuerName()).length === 0
            ? comeAgain(parameters, input.issuerName())
            : await answer(http, parameters)
        } catch (error) {
          if (error instanceof OAuthRefusal) return errorPage(error.message, error.status)
          throw error
        }
      },
    },
  }
}

/** Whether an ID token was issued in this session, to a client of it. */
function belongs({ sub, sessionId, audiences }: IdTokenHint, session: Session): boolean {
  const known = audiences.some((clientId) => session.clients.has(clientId))
  return known && sub === session.sub && (sessionId === undefined || sessionId === session.id)
}

// A browser leaves a SameSite=Lax cookie at home when the page of another site posts a form; to the GET that follows it takes it along.
function comeAgain({ values, repeated }: Parameters, issuer: string): Response | Promise<Response> {
  if (repeated.length > 0) return errorPage(`Send each parameter once; repeated: ${repeated.join(', ')}.`)
  const query = new URLSearchParams([...values]).toString()
  if (query.length >= maxQueryCharacters) return errorPage(`The parameters are longer than ${maxQueryCharacters} characters.`, 413)
  const location = `${endpointUrl(issuer, endpointPaths['end-session'])}?${query}`
  return new Response(null, { status: 303, headers: { location, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' } })
}
