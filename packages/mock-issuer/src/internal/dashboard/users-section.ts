import { html } from 'hono/html'
import type { IssuerUser } from '../../user.js'
import type { Html } from '../authorization/page.js'
import { dashboardForm } from './dashboard-form.js'
import type { DashboardForms } from './dashboard-form.js'

/** Who can log in by a click, and the claims of their access tokens, to change for every token from then on. */
export function usersSection(users: readonly IssuerUser[], forms: DashboardForms): Html {
  return html`<section aria-labelledby="users-title">
    <h2 id="users-title">Users</h2>
    ${users.map((user, index) => one(user, index, forms))}
  </section>`
}

function one({ sub, name, description, claims = {} }: IssuerUser, index: number, forms: DashboardForms): Html {
  const field = `claims-${index}`
  return html`<details id="user-${index}">
    <summary>
      <strong>${name ?? sub}</strong>
      <span class="quiet">${description ?? (name === undefined ? '' : sub)}</span>
    </summary>
    ${dashboardForm(
      forms,
      'update-user',
      html`<input type="hidden" name="sub" value="${sub}" />
        <label for="${field}">Claims of access tokens, as JSON</label>
        <textarea id="${field}" name="claims" rows="5" spellcheck="false" autocomplete="off">
${JSON.stringify(claims, undefined, 2)}</textarea>
        <button class="small">Save</button>`,
      'editor',
    )}
  </details>`
}
