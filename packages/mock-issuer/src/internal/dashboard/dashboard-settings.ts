import type { DashboardOptions } from '../../dashboard-options.js'
import { MockIssuerError } from '../../mock-issuer-error.js'

/** How the dashboard is protected. */
export interface DashboardSettings {
  /** Besides loopback. */
  readonly hosts: ReadonlySet<string>
}

/**
 * Reads the option `dashboard`; `undefined` means that there is none.
 * @throws {MockIssuerError} `invalid_option`
 */
export function readDashboard(option: boolean | DashboardOptions = false): DashboardSettings | undefined {
  if (typeof option === 'boolean') return option ? { hosts: new Set() } : undefined
  for (const host of option.hosts) {
    if (/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/.test(host)) continue
    throw new MockIssuerError(
      'invalid_option',
      `The option "dashboard.hosts" must be host names in lower case without a port, such as "mock.example.com", not "${host}".`,
    )
  }
  return { hosts: new Set(option.hosts) }
}
