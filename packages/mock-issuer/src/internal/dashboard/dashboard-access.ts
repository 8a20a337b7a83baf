import { constantTimeEqual } from '../constant-time-equal.js'
import type { DashboardSettings } from './dashboard-settings.js'

/**
 * Why a request may not see the dashboard; `undefined` if it may. The name in `Host` is checked, so that no page of another site can
 * reach it by having its own name resolve to this machine (DNS rebinding). It does not say where a request comes from: what listens
 * beyond loopback can be sent any name by what is no browser.
 */
export function findHostProblem(request: Request, { hosts }: DashboardSettings): string | undefined {
  const { hostname } = new URL(request.url)
  if (isLoopback(hostname) || hosts.has(hostname)) return undefined
  return 'The dashboard is open on this machine only. Use its loopback address, or name this host in the option "dashboard".'
}

/**
 * Why a request may not change anything; `undefined` if it may. Another site could have a browser post a form here, so a browser must
 * say that the form is this page's own, and the form must carry what only this page can know.
 */
export async function findForgeryProblem(request: Request, sent: string | undefined, expected: string): Promise<string | undefined> {
  const site = request.headers.get('sec-fetch-site')
  if (site !== null && site !== 'same-origin') return 'This form was posted by another site.'
  const origin = request.headers.get('origin')
  // The host alone: a proxy may have taken the TLS off.
  if (origin !== null && (!URL.canParse(origin) || new URL(origin).host !== new URL(request.url).host)) {
    return 'This form was posted by another site.'
  }
  if (sent === undefined || !(await constantTimeEqual(sent, expected))) {
    return 'This page is from before the issuer was started or set up anew. Try again from here.'
  }
  return undefined
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname)
}
