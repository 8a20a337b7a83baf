import { constantTimeEqual } from '../constant-time-equal.js'
import { connectionOf } from '../faults/connection.js'
import { isLoopbackAddress, isLoopbackHost } from '../loopback.js'
import type { DashboardSettings } from './dashboard-settings.js'

/**
 * Why a request may not see the dashboard; `undefined` if it may. The name in `Host` is checked, so that no page of another site can
 * reach it by having its own name resolve to this machine (DNS rebinding); and where the request came from if it came over a socket, since
 * what is no browser can send any name. With `hosts` the address is not checked: it is opened to other machines, or to a proxy.
 */
export function findAccessProblem(request: Request, { hosts }: DashboardSettings): string | undefined {
  const { hostname } = new URL(request.url)
  const connection = connectionOf(request)
  const isNear = hosts.size > 0 || connection === undefined || isLoopbackAddress(connection.peerAddress ?? '')
  if (isNear && (isLoopbackHost(hostname) || hosts.has(hostname))) return undefined
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
