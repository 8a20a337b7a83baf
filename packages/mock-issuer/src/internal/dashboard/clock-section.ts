import { html } from 'hono/html'
import type { Html } from '../authorization/page.js'
import { dashboardForm } from './dashboard-form.js'
import type { DashboardForms } from './dashboard-form.js'
import { formatDuration, formatTime } from './time-text.js'

/** What the clock shows, and what it would show if nobody had moved it; in milliseconds since the epoch. */
export interface ShownClock {
  readonly nowMs: number
  readonly unmovedMs: number
}

const steps: readonly (readonly [label: string, seconds: number])[] = [
  ['+1 min', 60],
  ['+5 min', 300],
  ['+1 h', 3600],
  ['+1 day', 86_400],
]

/** The issuer's clock, with buttons to move it. */
export function clockSection({ nowMs, unmovedMs }: ShownClock, forms: DashboardForms): Html {
  // Two readings of one clock are never quite the same.
  const moved = Math.round((nowMs - unmovedMs) / 1000)
  const standing = moved === 0 ? 'Not moved' : `${formatDuration(moved * 1000)} ${moved > 0 ? 'ahead' : 'behind'}`
  const buttons = steps.map(([label, seconds]) => html`<button class="small" name="seconds" value="${seconds}">${label}</button>`)
  return html`<section aria-labelledby="clock-title">
    <h2 id="clock-title">Clock</h2>
    <p class="figure">${formatTime(nowMs)}</p>
    <p class="quiet">${standing}</p>
    ${dashboardForm(forms, 'advance-clock', html`${buttons}`)}
    ${moved === 0 ? '' : dashboardForm(forms, 'reset-clock', html`<button class="small">Back to the real time</button>`)}
  </section>`
}
