import { html } from 'hono/html'
import type { Html } from '../authorization/page.js'

/** What the issuer is set up with that cannot work; nothing when all can. */
export function warningsSection(warnings: readonly string[]): Html {
  if (warnings.length === 0) return html``
  return html`<section aria-labelledby="warnings-title">
    <h2 id="warnings-title">Cannot work as it is set up</h2>
    <ul class="rows">
      ${warnings.map((warning) => html`<li>${warning}</li>`)}
    </ul>
  </section>`
}
