import { html } from 'hono/html'
import type { Html } from '../authorization/page.js'
import { dashboardForm } from './dashboard-form.js'
import type { DashboardForms } from './dashboard-form.js'

/** What is shown of a key. */
export interface ShownKey {
  readonly kid: string
  readonly algorithm: string
}

const maxShown = 10

/** The published keys, oldest first, with buttons to rotate them. */
export function keysSection(keys: readonly ShownKey[], forms: DashboardForms): Html {
  const rows = keys.slice(-maxShown).map(({ kid, algorithm }) => html`<li><span class="pill">${algorithm}</span> <code>${kid}</code></li>`)
  const more = keys.length - maxShown
  return html`<section aria-labelledby="keys-title">
    <h2 id="keys-title">Published keys</h2>
    ${more > 0 ? html`<p class="quiet">${more} older ones are not shown.</p>` : ''}
    <ul class="rows">
      ${rows}
    </ul>
    ${dashboardForm(
      forms,
      'rotate-keys',
      html`<button class="small" name="old" value="keep">Rotate</button>
        <button class="small" name="old" value="withdraw">Rotate and withdraw the old</button>`,
    )}
  </section>`
}
