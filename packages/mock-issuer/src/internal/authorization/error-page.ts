import { html } from 'hono/html'
import { pageResponse } from './page.js'

/** Tells the user what is wrong when the client cannot be told, since where it is was not proven. Never redirects. */
export function errorPage(reason: string, status = 400): Promise<Response> {
  return pageResponse({
    title: 'This login cannot go on',
    status,
    body: html`<span class="badge">Mock issuer</span>
      <h1>This login cannot go on</h1>
      <p class="alert" role="alert">${reason}</p>
      <p class="quiet after">Go back to the application and start again, or correct the request that it sends.</p>`,
  })
}
