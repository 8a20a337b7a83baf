import { html } from 'hono/html'
import type { IssuerUsers } from '../../issuer-users.js'
import type { Laxity } from '../../laxity.js'
import { settingsWarnings } from '../advice/settings-warnings.js'
import type { WarnedSettings } from '../advice/settings-warnings.js'
import { pageResponse } from '../authorization/page.js'
import type { Html } from '../authorization/page.js'
import type { FaultList } from '../faults/fault-list.js'
import { endpointPaths } from '../http/endpoint.js'
import type { RequestLogBuffer } from '../http/request-log-buffer.js'
import { issuerPath } from '../issuer-name.js'
import type { SigningKeys } from '../signing/signing-keys.js'
import { clockSection } from './clock-section.js'
import { dashboardStyles } from './dashboard-styles.js'
import type { FaultNames } from './fault-names.js'
import { faultForm, faultsSection } from './faults-section.js'
import { keysSection } from './keys-section.js'
import { laxSection } from './lax-section.js'
import { liveScript } from './live-script.js'
import { requestsSection } from './requests-section.js'
import type { TokenJournal } from './token-journal.js'
import { tokensSection } from './tokens-section.js'
import { usersSection } from './users-section.js'
import { warningsSection } from './warnings-section.js'

export interface DashboardPageInput extends WarnedSettings {
  readonly journal: TokenJournal
  readonly log: RequestLogBuffer
  readonly keys: SigningKeys
  readonly personas: IssuerUsers
  readonly lax: ReadonlySet<Laxity>
  readonly faults: FaultList
  readonly faultNames: FaultNames
  /** What the forms carry, to show that they are this page's own. */
  readonly formToken: string
  /** Why what was asked for was not done. */
  readonly problem?: string | undefined
  issuerName(): string
  now(): number
  unmovedNow(): number
}

/** The dashboard as it is now. It needs no script; with one, it keeps itself up to date. */
export async function dashboardPage(input: DashboardPageInput): Promise<Response> {
  const issuer = input.issuerName()
  const base = issuerPath(issuer)
  const forms = { action: base + endpointPaths.dashboard, formToken: input.formToken }
  const nowMs = input.now()
  return pageResponse({
    title: `Dashboard of ${issuer}`,
    status: input.problem === undefined ? 200 : 400,
    styles: dashboardStyles,
    script: liveScript,
    // With no-referrer a browser would not say whose the forms are.
    headers: { 'referrer-policy': 'same-origin' },
    body: html`<header class="top">
        <div>
          <span class="badge">Mock issuer</span>
          <h1>Dashboard</h1>
          <p class="quiet"><code>${issuer}</code></p>
        </div>
        <nav aria-label="Issuer">
          <a href="${base}${endpointPaths['openid-configuration']}">Discovery</a>
          <a href="${base}${endpointPaths.jwks}">JWKS</a>
          <a class="button" href="${forms.action}">Reload</a>
        </nav>
      </header>
      ${input.problem === undefined ? '' : html`<p class="alert" role="alert">${input.problem}</p>`}
      <div class="columns">
        <div class="column">
          ${live('tokens', tokensSection(await input.journal.entries(), nowMs))} ${live('requests', requestsSection(input.log.entries))}
          <div class="pair">${live('faults', faultsSection(input.faultNames.name(input.faults.active), forms))} ${faultForm(forms)}</div>
        </div>
        <div class="column">
          ${live('warnings', warningsSection(settingsWarnings(input)))}
          ${live('clock', clockSection({ nowMs, unmovedMs: input.unmovedNow() }, forms))}
          ${live('keys', keysSection(await input.keys.published(), forms))} ${usersSection(input.personas.list(), forms)}
          ${laxSection(input.lax)}
        </div>
      </div>`,
  })
}

/** Says why nothing is shown or done. */
export function dashboardRefusal(reason: string, status: number): Promise<Response> {
  return pageResponse({
    title: 'The dashboard is closed',
    status,
    body: html`<span class="badge">Mock issuer</span>
      <h1>The dashboard is closed</h1>
      <p class="alert" role="alert">${reason}</p>`,
  })
}

function live(id: string, section: Html): Html {
  return html`<div id="${id}" class="live">${section}</div>`
}
