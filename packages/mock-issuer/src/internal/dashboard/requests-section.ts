import { html } from 'hono/html'
import type { LoggedRefusal, LoggedRequest } from '../../request-log.js'
import type { Html } from '../authorization/page.js'
import { visible } from '../invisible-characters.js'
import { shorten } from '../shorten.js'
import { formatTimeOfDay } from './time-text.js'

const maxShown = 50
const maxPathCharacters = 120
const maxReasonCharacters = 300

/** The requests that reached the issuer last, newest first. */
export function requestsSection(log: readonly LoggedRequest[]): Html {
  const latest = log.slice(-maxShown).toReversed()
  return html`<section aria-labelledby="requests-title">
    <h2 id="requests-title">Recent requests</h2>
    ${latest.length === 0 ? html`<p class="quiet">None yet.</p>` : table(latest)}
  </section>`
}

function table(requests: readonly LoggedRequest[]): Html {
  const rows = requests.map(
    ({ timeMs, method, path, endpoint, status, clientId, grantType, fault, cutOff, refusal }) =>
      html`<tr>
        <td><time>${formatTimeOfDay(timeMs)}</time></td>
        <td><span class="pill ${statusClass(status, cutOff)}">${status ?? (cutOff ? 'cut off' : '…')}</span></td>
        <td>
          <code>${shown(method, 10)} ${shown(path, maxPathCharacters)}</code>
          ${fault === undefined ? '' : html`<span class="pill warn">fault: ${fault}</span>`}
          <span class="quiet">${sender(clientId, grantType)}</span>
          ${refusal === undefined ? '' : reason(refusal)}
        </td>
        <td class="quiet">${endpoint ?? 'no endpoint'}</td>
      </tr>`,
  )
  return html`<div class="scroll" role="group" aria-labelledby="requests-title" tabindex="0">
    <table>
      <thead>
        <tr>
          <th scope="col">Time</th>
          <th scope="col">Status</th>
          <th scope="col">Request</th>
          <th scope="col">Endpoint</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`
}

function reason({ error, description, advice }: LoggedRefusal): Html {
  return html`<span class="refusal"><code>${error}</code> ${shown(description ?? '', maxReasonCharacters)}</span>
    ${advice === undefined ? '' : html`<span class="quiet refusal">${shown(advice, maxReasonCharacters)}</span>`}`
}

function sender(clientId: string | undefined, grantType: string | undefined): string {
  const short = grantType?.replace(/^urn:.*:/, '')
  const parts = [...(short === undefined ? [] : [short]), ...(clientId === undefined ? [] : [`by ${clientId}`])]
  return shown(parts.join(' '), maxPathCharacters)
}

function statusClass(status: number | undefined, cutOff: true | undefined): string {
  if (status === undefined) return cutOff ? 'bad' : ''
  if (status >= 500) return 'bad'
  return status >= 400 ? 'warn' : 'good'
}

function shown(text: string, maxCharacters: number): string {
  return visible(shorten(text, maxCharacters))
}
