import { html } from 'hono/html'
import { endpointPaths } from '../http/endpoint.js'
import { issuerPath } from '../issuer-name.js'
import type { LoginPageInput } from './login-page-input.js'
import { knownUsers, sessionUser, typedUser } from './login-page-people.js'
import { levelChoice, refusals, requestedScopes, requestedTarget, selfRegistered } from './login-page-request.js'
import { pageResponse } from './page.js'
import { loginStylesheet } from './stylesheet-login.js'

/**
 * The page where a user of the mock is chosen by a click or by typing a name; there are no passwords. It is one form, so that every
 * button sends along what is granted and how the user logs in.
 */
export function loginPage(input: LoginPageInput): Promise<Response> {
  const { client, redirectUri } = input.request
  const name = client.name ?? client.clientId
  return pageResponse({
    title: `Log in to ${name}`,
    status: input.problem === undefined ? 200 : 400,
    formActionScheme: new URL(redirectUri).protocol,
    headers: { 'set-cookie': input.cookie },
    styles: loginStylesheet,
    body: html`<header>
        <span class="badge">Mock issuer</span>
        <h1>Log in to ${name}</h1>
        <p class="quiet">Choose who you are. No password is asked: this server is for tests and local work.</p>
      </header>
      ${selfRegistered(input)} ${input.problem === undefined ? '' : html`<p class="alert" role="alert">${input.problem}</p>`}
      ${input.reason === undefined ? '' : html`<p class="note" role="status">${input.reason}</p>`}
      <form method="post" action="${issuerPath(input.issuer)}${endpointPaths.login}">
        <input type="hidden" name="login" value="${input.loginId}" />
        ${client.consent === 'implied' ? '' : html`<input type="hidden" name="choose_scopes" value="1" />`}
        <button class="by-enter" name="action" value="continue" tabindex="-1" aria-hidden="true">Continue</button>
        <div class="people">${sessionUser(input)} ${knownUsers(input)} ${typedUser(input)}</div>
        <div class="request">${requestedScopes(input)} ${requestedTarget(input)} ${levelChoice(input)} ${refusals(input)}</div>
      </form>
      <footer>Issuer <code>${input.issuer}</code></footer>`,
  })
}
