import { html } from 'hono/html'
import type { IssuerClient } from '../../client.js'
import type { IssuerUser } from '../../user.js'
import { displayName } from '../authorization/display-name.js'
import { pageResponse } from '../authorization/page.js'
import type { Html } from '../authorization/page.js'
import { endpointPaths } from '../http/endpoint.js'
import { issuerPath } from '../issuer-name.js'
import type { DeviceAuthorization } from './device-authorizations.js'

/** What every page of the device flow needs. */
export interface DevicePageInput {
  readonly issuer: string
  readonly cookie: string
  /** Why the last answer was not taken. */
  readonly problem?: string | undefined
}

/**
 * The page where a person enters the code of a device. A code that came in the link is filled in, and must still be confirmed: the
 * person has to see that it is the one on the device (RFC 8628 §3.3.1).
 */
export function codePage(input: DevicePageInput & { readonly userCode: string; readonly status?: number }): Promise<Response> {
  return devicePage(
    input,
    input.status ?? 200,
    'Connect a device',
    html`<p class="quiet">Enter the code that the device shows. Go on only if you have started this yourself.</p>
      ${alert(input)}
      ${form(
        input,
        html`<label for="user_code">Code</label>
          <div class="typed">
            <input
              id="user_code"
              name="user_code"
              value="${input.userCode}"
              autocomplete="off"
              autocapitalize="characters"
              spellcheck="false"
              maxlength="32"
              required
            />
            <button class="primary">Continue</button>
          </div>`,
      )}`,
  )
}

export interface DecisionPageInput extends DevicePageInput {
  readonly confirmation: string
  readonly authorization: DeviceAuthorization
  readonly client: IssuerClient
  readonly users: readonly IssuerUser[]
}

/** The page where a person allows the device what it asks for, as one of the users, or denies it. */
export function decisionPage(input: DecisionPageInput): Promise<Response> {
  const name = input.client.name ?? input.client.clientId
  const { userCode, scopes } = input.authorization
  return devicePage(
    input,
    input.problem === undefined ? 200 : 400,
    `Connect a device to ${name}`,
    html`<p class="quiet">
        Is <code>${userCode}</code> the code on the device? Then allow it as one of the users. This is for tests and local work: no password
        is asked.
      </p>
      ${alert(input)} ${scopeList(scopes)}
      <h2 id="users">Allow as</h2>
      ${decisionForm(
        input,
        html`<ul class="stack" aria-labelledby="users">
          ${input.users.map(userButton)}
        </ul>`,
      )}
      ${decisionForm(
        input,
        html`<label for="username">Someone else</label>
          <div class="typed">
            <input
              id="username"
              name="username"
              placeholder="User name"
              autocomplete="username"
              spellcheck="false"
              maxlength="255"
              required
            />
            <button class="primary" name="action" value="allow">Allow</button>
          </div>`,
      )}
      ${decisionForm(input, html`<button class="secondary" name="action" value="deny">Deny</button>`)}`,
  )
}

/** The last page: the person goes back to the device. */
export function decidedPage(input: DevicePageInput, decision: 'allowed' | 'denied'): Promise<Response> {
  const title = decision === 'allowed' ? 'The device is connected' : 'The device was denied'
  return devicePage(input, 200, title, html`<p class="quiet" role="status">You can close this page and go back to the device.</p>`)
}

function devicePage({ issuer, cookie }: DevicePageInput, status: number, title: string, content: Html): Promise<Response> {
  return pageResponse({
    title,
    status,
    headers: { 'set-cookie': cookie },
    body: html`<span class="badge">Mock issuer</span>
      <h1>${title}</h1>
      ${content}
      <footer>Issuer <code>${issuer}</code></footer>`,
  })
}

function alert({ problem }: DevicePageInput): Html {
  return problem === undefined ? html`` : html`<p class="alert" role="alert">${problem}</p>`
}

function scopeList(scopes: readonly string[]): Html {
  if (scopes.length === 0) return html``
  return html`<h2 id="scopes">What the application asks for</h2>
    <ul class="scopes" aria-labelledby="scopes">
      ${scopes.map((scope) => html`<li><code>${scope}</code></li>`)}
    </ul>`
}

function userButton(user: IssuerUser): Html {
  const shown = displayName(user)
  const detail = user.description ?? user.sub
  return html`<li>
    <button class="user" name="user" value="${user.sub}">
      <span class="avatar" aria-hidden="true">${Array.from(shown.trim())[0]?.toUpperCase() ?? '?'}</span>
      <span><span class="name">${shown}</span> ${detail === shown ? '' : html`<span class="detail">${detail}</span>`}</span>
    </button>
  </li>`
}

function decisionForm(input: DecisionPageInput, content: Html): Html {
  return form(input, html`<input type="hidden" name="confirmation" value="${input.confirmation}" /> ${content}`)
}

function form({ issuer }: DevicePageInput, content: Html): Html {
  return html`<form method="post" action="${issuerPath(issuer)}${endpointPaths.device}">${content}</form>`
}
