import { html } from 'hono/html'
import { pageResponse } from '../authorization/page.js'
import { clearSessionCookie } from '../sessions/session-cookie.js'
import type { Session } from '../sessions/session.js'
import type { LogoutTarget } from './logout-request.js'
import { clientsOf } from './session-end.js'
import type { SessionEndInput } from './session-end.js'

const framesSeconds = 2

/**
 * What a browser gets when its user is logged out: the way back to the client, or a page that says so. Clients with a
 * `frontchannelLogoutUri` are told by a frame each, on a page that leads on after two seconds, since no script is there to wait for them
 * (OpenID Connect Front-Channel Logout 1.0 §3).
 */
export async function loggedOutResponse(
  session: Session | undefined,
  target: LogoutTarget | undefined,
  input: Pick<SessionEndInput, 'clients' | 'issuerName'>,
): Promise<Response> {
  const issuer = input.issuerName()
  const frames = session === undefined ? [] : frontchannelUris(session, issuer, input)
  const location = target && targetUrl(target)
  const response = frames.length === 0 && location !== undefined ? redirect(location) : await loggedOutPage(frames, location)
  response.headers.append('set-cookie', clearSessionCookie(issuer))
  return response
}

function redirect(location: string): Response {
  return new Response(null, { status: 303, headers: { location, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' } })
}

function loggedOutPage(frames: readonly string[], location: string | undefined): Promise<Response> {
  return pageResponse({
    title: 'You are logged out',
    frameSources: frames,
    // As a header, so that the page is the same for whoever reads it slowly: the link stays.
    headers: location === undefined ? {} : { refresh: `${framesSeconds}; url=${location}` },
    body: html`<span class="badge">Mock issuer</span>
      <h1>You are logged out</h1>
      ${
        location === undefined
          ? html`<p class="quiet">You can close this page, or go back to the application.</p>`
          : html`<p class="quiet">The applications are being told, and you are sent back in ${framesSeconds} seconds.</p>
              <p class="after"><a class="primary" href="${location}">Go on</a></p>`
      }
      ${frames.map((uri) => html`<iframe src="${uri}" title="Logout of an application" hidden></iframe>`)}`,
  })
}

// The URIs are extended as text: parsing could change them.
function frontchannelUris(session: Session, issuer: string, input: Pick<SessionEndInput, 'clients'>): readonly string[] {
  const query = new URLSearchParams({ iss: issuer, sid: session.id }).toString()
  return clientsOf(session, input).flatMap(({ frontchannelLogoutUri: uri }) => (uri === undefined ? [] : [extend(uri, query)]))
}

function targetUrl({ uri, state }: LogoutTarget): string {
  return state === undefined ? uri : extend(uri, new URLSearchParams({ state }).toString())
}

function extend(uri: string, query: string): string {
  return uri + (uri.includes('?') ? '&' : '?') + query
}
