import { html } from 'hono/html'
import { errorDescription } from '../http/oauth-refusal.js'
import { explainRefusal } from '../http/refusal.js'
import { visible } from '../invisible-characters.js'
import { comparisonList } from './comparison-list.js'
import { pageResponse } from './page.js'
import type { ParameterComparison } from './parameter-comparison.js'

/** What an error page tells besides the reason. */
export interface ErrorPageDetails {
  /** The code that the client would be told. Default `invalid_request`. */
  readonly code?: string
  /** What was sent beside what is registered. */
  readonly comparison?: ParameterComparison | undefined
}

/** Tells the user what is wrong when the client cannot be told, since where it is was not proven. Never redirects. */
export async function errorPage(
  reason: string,
  status = 400,
  { code = 'invalid_request', comparison }: ErrorPageDetails = {},
): Promise<Response> {
  const response = await pageResponse({
    title: 'This login cannot go on',
    status,
    styles: errorStyles,
    body: html`<span class="badge">Mock issuer</span>
      <h1>This login cannot go on</h1>
      <p class="alert" role="alert">${reason}</p>
      ${
        comparison === undefined
          ? ''
          : html`${comparisonList(comparison)}
              <p class="mend">${visible(comparison.advice)}</p>`
      }
      <p class="quiet after">Go back to the application and start again, or correct the request that it sends.</p>`,
  })
  return explainRefusal(response, { error: code, description: errorDescription(reason), advice: comparison?.loggedAdvice })
}

const errorStyles = `
main { max-width: 36rem; }
.compared { margin: 1.25rem 0 0; border: 1px solid var(--line); border-radius: .75rem; }
.compared dt { padding: .625rem .875rem 0; font-size: .8125rem; font-weight: 600; color: var(--quiet); }
.compared dd { margin: 0; padding: .125rem .875rem .625rem; }
.compared dd + dt { border-top: 1px solid var(--line); }
.compared li + li { margin-top: .25rem; }
.compared code { white-space: pre-wrap; unicode-bidi: isolate; }
.compared mark { padding: .0625rem .125rem; border-radius: .1875rem; background: var(--alert-tint); color: var(--alert); text-decoration: underline; }
.compared li mark { background: var(--tint); color: var(--tint-text); }
.mend { margin-top: 1rem; }
`
