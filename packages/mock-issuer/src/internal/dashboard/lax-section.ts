import { html } from 'hono/html'
import { laxities } from '../../laxity.js'
import type { Laxity } from '../../laxity.js'
import type { Html } from '../authorization/page.js'

/** The rules that the issuer lets pass. */
export function laxSection(lax: ReadonlySet<Laxity>): Html {
  const rows = [...lax].map((name) => html`<li><code>${name}</code> <span class="detail">${laxities[name]}</span></li>`)
  return html`<section aria-labelledby="lax-title">
    <h2 id="lax-title">What is lax</h2>
    ${
      rows.length === 0
        ? html`<p class="quiet">Nothing: every rule is kept to.</p>`
        : html`<ul class="rows">
            ${rows}
          </ul>`
    }
  </section>`
}
