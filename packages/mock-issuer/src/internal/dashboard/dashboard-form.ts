import { html } from 'hono/html'
import type { Html } from '../authorization/page.js'

/** Where the dashboard's forms go, and what they carry. */
export interface DashboardForms {
  readonly action: string
  readonly formToken: string
}

/** A form that asks for an action of the dashboard. */
export function dashboardForm(forms: DashboardForms, action: string, content: Html, className = 'actions'): Html {
  return html`<form method="post" action="${forms.action}" class="${className}">
    <input type="hidden" name="form_token" value="${forms.formToken}" />
    <input type="hidden" name="action" value="${action}" />
    ${content}
  </form>`
}
