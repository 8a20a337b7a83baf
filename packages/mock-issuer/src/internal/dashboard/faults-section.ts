import { html } from 'hono/html'
import type { Fault } from '../../fault.js'
import type { Html } from '../authorization/page.js'
import { endpointPaths } from '../http/endpoint.js'
import { dashboardForm } from './dashboard-form.js'
import type { DashboardForms } from './dashboard-form.js'
import { faultPresets } from './fault-presets.js'

/** A fault and the name that the dashboard has for it. */
export interface NamedFault {
  readonly id: string
  readonly fault: Fault
}

const maxShown = 50

/** The faults that requests meet now, each with a button to end it. */
export function faultsSection(faults: readonly NamedFault[], forms: DashboardForms): Html {
  const rows = faults.slice(0, maxShown).map(({ id, fault }) => html`<li><span>${one(fault)}</span> ${endForm(id, fault, forms)}</li>`)
  return html`<section aria-labelledby="faults-title">
    <h2 id="faults-title">Active faults</h2>
    ${
      rows.length === 0
        ? html`<p class="quiet">None: the issuer behaves.</p>`
        : html`<ul class="rows faults">
            ${rows}
          </ul>`
    }
    ${faults.length > 1 ? dashboardForm(forms, 'clear-faults', html`<button class="small">End all</button>`) : ''}
  </section>`
}

/** The form that adds a fault. It is apart from the list, so that the list can change while somebody chooses. */
export function faultForm(forms: DashboardForms): Html {
  const kinds = Object.entries(faultPresets).map(([name, { label }]) => html`<option value="${name}">${label}</option>`)
  const endpoints = Object.keys(endpointPaths)
    .filter((name) => name !== 'dashboard')
    .map((name) => html`<option value="${name}">${name}</option>`)
  return html`<section aria-labelledby="add-fault-title">
    <h2 id="add-fault-title">Add a fault</h2>
    ${dashboardForm(
      forms,
      'add-fault',
      html`<label for="fault-endpoint">Endpoint</label>
        <select id="fault-endpoint" name="endpoint">
          <option value="*">every endpoint</option>
          ${endpoints}
        </select>
        <label for="fault-kind">What goes wrong</label>
        <select id="fault-kind" name="fault">
          ${kinds}
        </select>
        <label for="fault-times">How often</label>
        <select id="fault-times" name="times">
          <option value="">until it is ended</option>
          <option value="1">once</option>
          <option value="3">three times</option>
        </select>
        <button class="small">Add</button>`,
      'editor',
    )}
  </section>`
}

function one({ endpoint, kind, times, key, when: _when, ...rest }: Fault): Html {
  const details = Object.entries(rest).map(([name, value]) => `${name}: ${JSON.stringify(value)}`)
  const limits = [...(times === undefined ? [] : [`times: ${times}`]), ...(key === undefined ? [] : [`key: ${key}`])]
  const text = [...details, ...limits].join(', ')
  return html`<span class="pill warn">${kind}</span>
    <code>${endpoint}</code> ${text === '' ? '' : html`<span class="detail">${text.slice(0, 200)}</span>`}`
}

function endForm(id: string, { endpoint, kind }: Fault, forms: DashboardForms): Html {
  return dashboardForm(
    forms,
    'end-fault',
    html`<input type="hidden" name="fault" value="${id}" /><button class="small" aria-label="End ${kind} of ${endpoint}">End</button>`,
  )
}
