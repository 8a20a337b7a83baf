import { html } from 'hono/html'
import { pageResponse } from '../authorization/page.js'
import { endpointPaths } from '../http/endpoint.js'
import { issuerPath } from '../issuer-name.js'

export interface LogoutPageInput {
  readonly issuer: string
  readonly logoutId: string
  /** Who is logged in. */
  readonly userName: string
  /** Who asks for the logout, if it is known. */
  readonly clientName: string | undefined
  readonly hintWasInvalid: boolean
  readonly formActionScheme: string | undefined
}

/** Asks whether to log out, where the request does not prove that it is about this user (RP-Initiated Logout 1.0 §2). */
export function logoutPage(input: LogoutPageInput): Promise<Response> {
  return pageResponse({
    title: 'Log out?',
    formActionScheme: input.formActionScheme,
    body: html`<span class="badge">Mock issuer</span>
      <h1>Log out?</h1>
      <p class="quiet">
        You are logged in as ${input.userName}. ${input.clientName ?? 'An application'} asks to log you out of all applications in this
        browser.
      </p>
      ${input.hintWasInvalid ? html`<p class="note">The id_token_hint of the request is not an ID token of this issuer, so you are asked.</p>` : ''}
      <form method="post" action="${issuerPath(input.issuer)}${endpointPaths['logout-confirmation']}">
        <input type="hidden" name="logout" value="${input.logoutId}" />
        <p class="after actions">
          <button class="primary" name="action" value="log-out">Log out</button>
          <button class="secondary" name="action" value="stay">Stay logged in</button>
        </p>
      </form>
      <footer>Issuer <code>${input.issuer}</code></footer>`,
  })
}

/** What is shown to someone who chose to stay. */
export function stillLoggedInPage(): Promise<Response> {
  return pageResponse({
    title: 'You are still logged in',
    body: html`<span class="badge">Mock issuer</span>
      <h1>You are still logged in</h1>
      <p class="quiet">Go back to the application.</p>`,
  })
}
