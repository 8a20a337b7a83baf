import { html } from 'hono/html'
import type { Html } from './page.js'

const maxClaims = 6
const maxCharacters = 80

/** The claims that a user's tokens will have, to be read by people; `undefined` when there are none. What is long is cut. */
export function claimList(claims: Readonly<Record<string, unknown>>, id: string): Html | undefined {
  const entries = Object.entries(claims).filter(([, value]) => value !== undefined)
  if (entries.length === 0) return undefined
  const further = entries.length - maxClaims
  return html`<dl class="claims" id="${id}">
    ${entries.slice(0, maxClaims).map(
      ([name, value]) =>
        html`<div>
          <dt>${cut(name)}</dt>
          <dd>${cut(readable(value))}</dd>
        </div>`,
    )}
    ${
      further > 0
        ? html`<div>
            <dt>and</dt>
            <dd>${further} more</dd>
          </div>`
        : ''
    }
  </dl>`
}

// A list, or an object of plain values, reads better without the signs of JSON; whatever is deeper is shown as JSON.
function readable(value: unknown): string {
  if (typeof value === 'string') return value
  if (Array.isArray(value) && value.every(isPlain)) return value.join(', ')
  if (typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every(isPlain)) {
    return Object.entries(value)
      .map(([name, member]) => `${name}: ${String(member)}`)
      .join(', ')
  }
  return JSON.stringify(value) ?? String(value)
}

function isPlain(value: unknown): boolean {
  return ['string', 'number', 'boolean'].includes(typeof value)
}

function cut(text: string): string {
  const characters = Array.from(text)
  return characters.length > maxCharacters ? `${characters.slice(0, maxCharacters - 1).join('')}…` : text
}
