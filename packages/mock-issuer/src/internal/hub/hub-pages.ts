import { html } from 'hono/html'
import { pageResponse } from '../authorization/page.js'
import type { Html } from '../authorization/page.js'
import { shorten } from '../shorten.js'

/** An issuer as a host lists it. */
export interface ListedIssuer {
  readonly issuer: string
  readonly discovery: string
  /** The path of its dashboard, if it has one. */
  readonly dashboard?: string
}

const maxShown = 200

// Links in the accent of the pages: a browser's own blue cannot be read in the dark.
const styles = 'a { color: var(--accent); }'

/** The front page of a host: its issuers, for a person to choose from. */
export function indexPage(issuers: readonly ListedIssuer[]): Promise<Response> {
  return pageResponse({
    title: 'Mock issuers',
    styles,
    body: html`<span class="badge">Mock issuer</span>
      <h1>Issuers of this server</h1>
      ${issuerList(issuers)}`,
  })
}

/** Says that nothing is at a path, and where something is. The path is of the visitor's choosing and is escaped. */
export function notFoundPage(pathname: string, issuers: readonly ListedIssuer[]): Promise<Response> {
  return pageResponse({
    title: 'Nothing is here',
    styles,
    status: 404,
    body: html`<span class="badge">Mock issuer</span>
      <h1>Nothing is here</h1>
      <p class="alert" role="alert">No issuer has an endpoint at <code>${shorten(pathname, maxShown)}</code>.</p>
      ${issuerList(issuers)}`,
  })
}

function issuerList(issuers: readonly ListedIssuer[]): Html {
  if (issuers.length === 0) return html`<p class="quiet after">There is no issuer yet.</p>`
  const items = issuers.map(
    ({ issuer, discovery, dashboard }) =>
      html`<li>
        <code>${issuer}</code>
        <span class="detail">
          ${dashboard === undefined ? '' : html`<a href="${dashboard}">Dashboard</a>, `}<a href="${new URL(discovery).pathname}"
            >discovery document</a
          >
        </span>
      </li>`,
  )
  return html`<h2 id="issuers">Issuers</h2>
    <ul class="scopes" aria-labelledby="issuers">
      ${items}
    </ul>`
}
