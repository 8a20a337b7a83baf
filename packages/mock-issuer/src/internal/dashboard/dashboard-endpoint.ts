import { endpointPaths } from '../http/endpoint.js'
import type { Endpoint } from '../http/endpoint.js'
import { readForm } from '../http/form.js'
import { OAuthRefusal } from '../http/oauth-refusal.js'
import { issuerPath } from '../issuer-name.js'
import { randomToken } from '../random-token.js'
import { findAccessProblem, findForgeryProblem } from './dashboard-access.js'
import { performAction } from './dashboard-actions.js'
import type { DashboardActionsInput } from './dashboard-actions.js'
import { createFaultNames } from './fault-names.js'
import { dashboardPage, dashboardRefusal } from './dashboard-page.js'
import type { DashboardPageInput } from './dashboard-page.js'
import type { DashboardSettings } from './dashboard-settings.js'

export interface DashboardEndpointInput
  extends Omit<DashboardPageInput, 'formToken' | 'problem' | 'faultNames'>, Omit<DashboardActionsInput, 'faultNames'> {
  readonly dashboard: DashboardSettings | undefined
}

/** The dashboard, for an issuer that has one: a page that shows what the issuer is doing, and forms that change it. */
export function createDashboardEndpoints(input: DashboardEndpointInput): readonly Endpoint[] {
  const { dashboard } = input
  if (dashboard === undefined) return []
  const own = { ...input, formToken: randomToken(), faultNames: createFaultNames() }
  const show = (problem?: string): Promise<Response> => dashboardPage({ ...own, problem })

  async function change(request: Request): Promise<Response> {
    const form = await readForm(request)
    const problem = (await findForgeryProblem(request, form.get('form_token'), own.formToken)) ?? (await performAction(form, own))
    if (problem !== undefined) return show(problem)
    const location = issuerPath(input.issuerName()) + endpointPaths.dashboard
    return new Response(null, { status: 303, headers: { location, 'cache-control': 'no-store' } })
  }

  return [
    {
      name: 'dashboard',
      path: endpointPaths.dashboard,
      cors: 'none',
      methods: {
        async GET(request) {
          const problem = findAccessProblem(request, dashboard)
          return problem === undefined ? show() : dashboardRefusal(problem, 403)
        },
        async POST(request) {
          const problem = findAccessProblem(request, dashboard)
          if (problem !== undefined) return dashboardRefusal(problem, 403)
          try {
            return await change(request)
          } catch (error) {
            if (error instanceof OAuthRefusal) return dashboardRefusal(error.message, error.status)
            throw error
          }
        },
      },
    },
  ]
}
