import { html } from 'hono/html'
import type { IssuerUser } from '../../user.js'
import type { Html } from '../authorization/page.js'

/** Who can log in by a click, and the claims that their access tokens get. */
export function usersSection(users: readonly IssuerUser[]): Html {
  return html`<section aria-labelledby="users-title">
    <h2 id="users-title">Users</h2>
    ${users.map(user)}
  </section>`
}

function user({ sub, name, description, claims = {} }: IssuerUser): Html {
  return html`<details id="user-${sub}">
    <summary>
      <strong>${name ?? sub}</strong>
      <span class="quiet">${description ?? (name === undefined ? '' : sub)}</span>
    </summary>
    <pre tabindex="0"><code>${JSON.stringify(claims, undefined, 2)}</code></pre>
  </details>`
}
