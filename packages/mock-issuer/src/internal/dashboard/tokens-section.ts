import { html } from 'hono/html'
import type { Html } from '../authorization/page.js'
import { formatDuration, formatTimeOfDay } from './time-text.js'
import type { JournalEntry } from './token-journal.js'

/** The access tokens that were issued last, decoded, newest first. */
export function tokensSection(entries: readonly JournalEntry[], nowMs: number): Html {
  return html`<section aria-labelledby="tokens-title">
    <h2 id="tokens-title">Issued access tokens</h2>
    ${entries.length === 0 ? html`<p class="quiet">None yet.</p>` : html`<div class="scroll">${entries.map((entry) => token(entry, nowMs))}</div>`}
  </section>`
}

function token(entry: JournalEntry, nowMs: number): Html {
  const { issued, header, fingerprint, issuedAtMs } = entry
  const standing = standingOf(entry, nowMs)
  return html`<details id="token-${fingerprint}">
    <summary>
      <span class="pill ${standing.kind}">${standing.word}</span>
      <strong>${text(issued.claims['sub'])}</strong>
      ${clientText(issued.claims)}
      <span class="quiet">${standing.detail}</span>
      <code class="scope">${text(issued.claims['scope'])}</code>
    </summary>
    <p class="quiet">${issued.format}, issued at ${formatTimeOfDay(issuedAtMs)}, SHA-256 <code>${fingerprint}…</code></p>
    <div class="parts">${header === undefined ? '' : json('Header', header)}${json('Claims', issued.claims)}</div>
  </details>`
}

interface Standing {
  readonly word: string
  readonly kind: 'good' | 'warn' | 'bad'
  readonly detail: string
}

function standingOf({ issued }: JournalEntry, nowMs: number): Standing {
  const { exp } = issued.claims
  if (issued.revoked || issued.grant.revoked) return { word: 'revoked', kind: 'bad', detail: '' }
  if (typeof exp !== 'number' || !Number.isFinite(exp)) return { word: 'unknown', kind: 'warn', detail: 'no exp' }
  const leftMs = exp * 1000 - nowMs
  if (leftMs <= 0) return { word: 'expired', kind: 'warn', detail: `${formatDuration(leftMs)} ago` }
  return { word: 'active', kind: 'good', detail: `${formatDuration(leftMs)} left` }
}

const maxJsonCharacters = 8000

function json(label: string, value: unknown): Html {
  const written = JSON.stringify(value, undefined, 2) ?? ''
  const shown = written.length > maxJsonCharacters ? `${written.slice(0, maxJsonCharacters)}\n…` : written
  return html`<pre tabindex="0" role="group" aria-label="${label}"><code>${shown}</code></pre>`
}

function clientText(claims: Readonly<Record<string, unknown>>): Html {
  const client = text(claims['client_id'])
  const isForItself = client === text(claims['sub'])
  return html`<span class="quiet">${isForItself ? 'for itself' : `by ${client}`}</span>`
}

function text(claim: unknown): string {
  return typeof claim === 'string' ? claim.slice(0, 200) : ''
}
