import { html } from 'hono/html'
import type { IssuerClient } from '../../client.js'
import type { IssuerContract } from '../../contract.js'
import type { IssuerUser } from '../../user.js'
import { declaredScope } from '../contract-check.js'
import { endpointPaths } from '../http/endpoint.js'
import { issuerPath } from '../issuer-name.js'
import { pageResponse } from './page.js'
import type { Html } from './page.js'

export interface LoginPageInput {
  readonly issuer: string
  readonly loginId: string
  readonly client: IssuerClient
  readonly redirectUri: string
  readonly scopes: readonly string[]
  readonly contract: IssuerContract | undefined
  readonly users: readonly IssuerUser[]
  /** Why the last answer was not taken. */
  readonly problem?: string | undefined
  /** What was typed then. */
  readonly typedName?: string | undefined
  readonly cookie: string
}

/** The page where a user of the mock is chosen by a click or by typing a name; there are no passwords. */
export function loginPage(input: LoginPageInput): Promise<Response> {
  const name = input.client.name ?? input.client.clientId
  return pageResponse({
    title: `Log in to ${name}`,
    status: input.problem === undefined ? 200 : 400,
    formActionScheme: new URL(input.redirectUri).protocol,
    headers: { 'set-cookie': input.cookie },
    body: html`<span class="badge">Mock issuer</span>
      <h1>Log in to ${name}</h1>
      <p class="quiet">Choose who you are. This is for tests and local work: no password is asked.</p>
      ${input.problem === undefined ? '' : html`<p class="alert" role="alert">${input.problem}</p>`} ${userList(input)} ${typedUser(input)}
      ${requestedScopes(input)} ${form(input, html`<button class="secondary" name="action" value="cancel">Cancel</button>`)}
      <footer>Issuer <code>${input.issuer}</code></footer>`,
  })
}

function userList(input: LoginPageInput): Html {
  const users = input.users.map(
    (user) =>
      html`<li>
        <button class="user" name="user" value="${user.sub}">
          <span class="avatar" aria-hidden="true">${initial(displayName(user))}</span>
          <span>${userText(user)}</span>
        </button>
      </li>`,
  )
  return html`<h2 id="users">Users</h2>
    ${form(
      input,
      html`<ul class="stack" aria-labelledby="users">
        ${users}
      </ul>`,
    )}`
}

// A form of its own, so that Enter in the field continues with the typed name rather than with the first user above.
function typedUser(input: LoginPageInput): Html {
  return form(
    input,
    html`<label for="username">Someone else</label>
      <div class="typed">
        <input
          id="username"
          name="username"
          value="${input.typedName ?? ''}"
          placeholder="User name"
          autocomplete="username"
          autocapitalize="none"
          spellcheck="false"
          maxlength="255"
          required
        />
        <button class="primary" name="action" value="continue">Continue</button>
      </div>`,
  )
}

function requestedScopes({ scopes, contract }: LoginPageInput): Html {
  if (scopes.length === 0) return html``
  const items = scopes.map((scope) => html`<li><code>${scope}</code> ${scopeDescription(scope, contract)}</li>`)
  return html`<h2 id="scopes">What the application asks for</h2>
    <ul class="scopes" aria-labelledby="scopes">
      ${items}
    </ul>`
}

/** A scope may be named like a member that every object has. */
function openIdDescription(scope: string): string | undefined {
  return Object.hasOwn(openIdDescriptions, scope) ? openIdDescriptions[scope] : undefined
}

function scopeDescription(scope: string, contract: IssuerContract | undefined): Html {
  const declared = contract && declaredScope(contract, scope)
  const description = declared === undefined ? openIdDescription(scope) : contract?.scopes[declared]?.description
  return description === undefined ? html`` : html`<span class="detail">${description}</span>`
}

function form({ issuer, loginId }: LoginPageInput, content: Html): Html {
  return html`<form method="post" action="${issuerPath(issuer)}${endpointPaths.login}">
    <input type="hidden" name="login" value="${loginId}" />
    ${content}
  </form>`
}

function userText(user: IssuerUser): Html {
  const name = displayName(user)
  const detail = user.description ?? user.sub
  return html`<span class="name">${name}</span> ${detail === name ? '' : html`<span class="detail">${detail}</span>`}`
}

/** The name that a user is shown by. */
function displayName({ sub, name, profile }: IssuerUser): string {
  const profileName = profile?.['name']
  return name ?? (typeof profileName === 'string' ? profileName : sub)
}

function initial(name: string): string {
  return Array.from(name.trim())[0]?.toUpperCase() ?? '?'
}

const openIdDescriptions: Readonly<Record<string, string>> = {
  openid: 'Know who you are',
  profile: 'Read your profile',
  email: 'Read your email address',
  address: 'Read your postal address',
  phone: 'Read your phone number',
  offline_access: 'Stay connected when you are away',
}
