import { html } from 'hono/html'
import type { AuthenticationLevel } from '../../authentication-level.js'
import type { IssuerContract } from '../../contract.js'
import { declaredScope } from '../contract-check.js'
import { preferredLevel } from '../sessions/authentication-levels.js'
import { authorizationErrorCodes } from './authorization-error.js'
import { claimList } from './claim-list.js'
import { isFixed, scopeField } from './login-answer.js'
import type { LoginPageInput } from './login-page-input.js'
import type { Html } from './page.js'

/** What the client asks for, to grant all of it or less. */
export function requestedScopes(input: LoginPageInput): Html {
  const { client, scopes } = input.request
  if (scopes.length === 0) return html``
  const asked = client.consent !== 'implied'
  return html`<fieldset>
    <legend>${client.name ?? client.clientId} asks for</legend>
    <ul class="choices">
      ${scopes.map((scope, index) => scopeItem(scope, `scope-${index}`, asked && !isFixed(scope), input))}
    </ul>
  </fieldset>`
}

/**
 * Which client it is and where its users go, if it registered itself: its name is then of its own choosing, and proves nothing.
 * @see {@link https://www.rfc-editor.org/rfc/rfc7591#section-5 RFC 7591 §5}
 */
export function selfRegistered({ request, registry }: LoginPageInput): Html {
  const { clientId } = request.client
  if (registry.find(clientId) === undefined) return html``
  const { host, protocol } = new URL(request.redirectUri)
  return html`<p class="note">
    The application registered itself, as <code>${clientId}</code>. You go on to <code>${host === '' ? protocol : host}</code>.
  </p>`
}

/** What the tokens would be for, besides the scopes: APIs (RFC 8707) and details (RFC 9396). It is granted as a whole. */
export function requestedTarget({ request }: LoginPageInput): Html {
  const { resources, authorizationDetails } = request.target
  if (resources.length + authorizationDetails.length === 0) return html``
  return html`<section aria-labelledby="target">
    <h2 id="target">For</h2>
    <ul class="choices">
      ${resources.map((resource) => html`<li><code>${resource}</code></li>`)}
      ${authorizationDetails.map((detail, index) => html`<li>${claimList(detail, `detail-${index}`)}</li>`)}
    </ul>
  </section>`
}

/** How the user logs in, where the client asks for it. */
export function levelChoice({ request, levels, given }: LoginPageInput): Html {
  const preferred = preferredLevel(request.demands.acrValues, levels)
  if (preferred === undefined) return html``
  const chosen = levels.find(given?.acr) ?? preferred
  return html`<fieldset>
    <legend>Logged in with</legend>
    <ul class="choices">
      ${levels.listed.map((level, index) => levelItem(level, `level-${index}`, level === chosen, level === preferred))}
    </ul>
  </fieldset>`
}

/** The ways of not logging in. */
export function refusals({ given }: LoginPageInput): Html {
  const options = authorizationErrorCodes.map(
    (code) => html`<option ${code === (given?.error ?? 'server_error') ? html`selected` : ''}>${code}</option>`,
  )
  return html`<section class="refusals" aria-label="Refuse">
    <button class="secondary" name="action" value="cancel">Cancel</button>
    <details ${given?.action === 'error' ? html`open` : ''}>
      <summary>Answer with an error</summary>
      <label for="error">Error code</label>
      <div class="field">
        <select id="error" name="error">
          ${options}
        </select>
        <button class="secondary" name="action" value="error">Send</button>
      </div>
    </details>
  </section>`
}

function scopeItem(scope: string, id: string, canDecline: boolean, { contract, given }: LoginPageInput): Html {
  const description = scopeDescription(scope, contract)
  const checked = given === undefined || given.scopes.includes(scope)
  return html`<li>
    <input type="checkbox" id="${id}" name="${scopeField(scope)}" ${checked ? html`checked` : ''} ${canDecline ? '' : html`disabled`} />
    <label for="${id}"><code>${scope}</code> ${description === undefined ? '' : html`<span class="detail">${description}</span>`}</label>
  </li>`
}

function levelItem({ acr, name }: AuthenticationLevel, id: string, chosen: boolean, preferred: boolean): Html {
  return html`<li>
    <input type="radio" id="${id}" name="acr" value="${acr}" ${chosen ? html`checked` : ''} />
    <label for="${id}"
      >${name ?? html`<code>${acr}</code>`}${name === undefined ? '' : html` <span class="detail"><code>${acr}</code></span>`}
      ${preferred ? html`<span class="hinted">Asked for</span>` : ''}</label
    >
  </li>`
}

function scopeDescription(scope: string, contract: IssuerContract | undefined): string | undefined {
  const declared = contract && declaredScope(contract, scope)
  // A scope may be named like a member that every object has.
  if (declared === undefined) return Object.hasOwn(openIdDescriptions, scope) ? openIdDescriptions[scope] : undefined
  return contract?.scopes[declared]?.description
}

const openIdDescriptions: Readonly<Record<string, string>> = {
  openid: 'Know who you are',
  profile: 'Read your profile',
  email: 'Read your email address',
  address: 'Read your postal address',
  phone: 'Read your phone number',
  offline_access: 'Stay connected when you are away',
}
