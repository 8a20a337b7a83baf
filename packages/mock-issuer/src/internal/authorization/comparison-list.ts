import { html } from 'hono/html'
import { visible } from '../invisible-characters.js'
import { closestDifference } from './difference.js'
import type { Difference } from './difference.js'
import type { Html } from './page.js'
import type { ParameterComparison } from './parameter-comparison.js'

const maxCharacters = 500
const maxRegistered = 20

/** What was sent, beside what is registered, with what differs marked. It is text and never a link: nobody vouches for where it leads. */
export function comparisonList({ parameter, sent, registered, clientId }: ParameterComparison): Html {
  const short = sent?.slice(0, maxCharacters)
  const difference = short === undefined || short !== sent ? undefined : closestDifference(short, registered)
  const shown = registered.slice(0, maxRegistered).map((value) => {
    const isClosest = value === difference?.closest
    return html`<li><code>${isClosest ? marked(difference.other) : visible(value.slice(0, maxCharacters))}</code></li>`
  })
  const further = registered.length - shown.length
  return html`<dl class="compared">
    ${
      clientId === undefined
        ? ''
        : html`<dt>client_id</dt>
            <dd><code>${clientId}</code></dd>`
    }
    <dt>${parameter} that was sent</dt>
    <dd>${sentValue(short, difference?.text)}${short === sent ? '' : html` <span class="quiet">and more</span>`}</dd>
    <dt>${parameter === 'client_id' ? 'Registered clients' : `Registered for ${clientId}`}</dt>
    <dd>
      ${
        shown.length === 0
          ? html`<span class="quiet">none</span>`
          : html`<ul>
              ${shown} ${further > 0 ? html`<li class="quiet">and ${further} more</li>` : ''}
            </ul>`
      }
    </dd>
  </dl>`
}

function sentValue(sent: string | undefined, difference: Difference | undefined): Html {
  if (sent === undefined) return html`<span class="quiet">none</span>`
  return html`<code>${difference === undefined ? visible(sent) : marked(difference)}</code>`
}

function marked({ before, own, after }: Difference): Html {
  return html`${visible(before)}${own === '' ? '' : html`<mark>${visible(own)}</mark>`}${visible(after)}`
}
