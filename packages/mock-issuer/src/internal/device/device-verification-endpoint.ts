import type { IssuerClient } from '../../client.js'
import type { IssuerUser } from '../../user.js'
import { formatBrowserCookie, newBrowserCookie, readBrowserCookies } from '../authorization/browser-cookie.js'
import { errorPage } from '../authorization/error-page.js'
import { describeLoginProblem } from '../advice/login-problem.js'
import { createExpiringMap } from '../expiring-map.js'
import { endpointPaths } from '../http/endpoint.js'
import type { Endpoint } from '../http/endpoint.js'
import { readForm } from '../http/form.js'
import type { Form } from '../http/form.js'
import { OAuthRefusal } from '../http/oauth-refusal.js'
import { randomToken } from '../random-token.js'
import { isUserName } from '../sessions/session-settings.js'
import { isPending } from '../token-endpoint/polled-authorization.js'
import { approvePolled, denyPolled } from '../token-endpoint/polled-decision.js'
import type { PolledDecisionInput } from '../token-endpoint/polled-decision.js'
import type { DeviceAuthorization, DeviceAuthorizations } from './device-authorizations.js'
import { codePage, decidedPage, decisionPage } from './device-page.js'
import type { DevicePageInput } from './device-page.js'
import { createGuessLimit } from './guess-limit.js'

export interface DeviceVerificationEndpointInput extends PolledDecisionInput {
  readonly clients: ReadonlyMap<string, IssuerClient>
  readonly users: readonly IssuerUser[]
  readonly devices: DeviceAuthorizations
  issuerName(): string
}

/** A decision page that is open. */
interface Confirmation {
  readonly authorization: DeviceAuthorization
  /** The cookie of the browser that it was shown in: no other site can post its form. */
  readonly browser: string
}

interface Browser {
  /** The cookie that it came with. */
  readonly known: string | undefined
  /** The cookie that it has from now on. */
  readonly browser: string
}

const confirmationTtlMs = 600_000
const maxConfirmations = 1_000

/**
 * The verification page of the device flow: a person enters the code, sees who asks for what, and decides.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc8628#section-3.3 RFC 8628 §3.3}
 */
export function createDeviceVerificationEndpoint(input: DeviceVerificationEndpointInput): Endpoint {
  const guesses = createGuessLimit(input)
  const confirmations = createExpiringMap<Confirmation>({
    now: input.now,
    maxEntries: maxConfirmations,
    ownerOf: ({ authorization }) => authorization.clientId,
    isSpent: ({ authorization }) => !isPending(authorization, input.now()),
  })

  async function answer(request: Request, form: Form): Promise<Response> {
    const issuer = input.issuerName()
    const cookies = readBrowserCookies(request, issuer)
    const [known] = cookies
    const browser = known ?? newBrowserCookie()
    const page = { issuer, cookie: formatBrowserCookie(browser, issuer) }
    const id = form.get('confirmation')
    if (id === undefined) return takeCode(form.get('user_code') ?? '', { known, browser }, page)
    const confirmation = confirmations.get(id)
    if (confirmation === undefined || !isPending(confirmation.authorization, input.now())) {
      return errorPage('This request was answered already, or was open for too long.')
    }
    if (!cookies.includes(confirmation.browser)) {
      return errorPage('This answer does not come from the browser that the page was shown in. Are cookies switched off?', 403)
    }
    return decide(form, id, confirmation, page)
  }

  async function takeCode(userCode: string, { known, browser }: Browser, page: DevicePageInput): Promise<Response> {
    const waitSeconds = guesses.waitSeconds(known)
    if (waitSeconds > 0) {
      const problem = `Too many wrong codes were entered. Try again in ${Math.ceil(waitSeconds / 60)} minutes.`
      const refused = await codePage({ ...page, userCode: '', problem, status: 429 })
      refused.headers.set('retry-after', String(waitSeconds))
      return refused
    }
    const authorization = input.devices.findByUserCode(userCode)
    const client = authorization && input.clients.get(authorization.clientId)
    if (authorization === undefined || client === undefined || !isPending(authorization, input.now())) {
      guesses.countWrong(known)
      return codePage({ ...page, userCode: '', problem: 'No device waits with this code. Look at the device again.', status: 400 })
    }
    const confirmation = randomToken()
    confirmations.set(confirmation, { authorization, browser }, input.now() + confirmationTtlMs)
    return decisionPage({ ...page, confirmation, authorization, client, users: input.users })
  }

  async function decide(form: Form, id: string, { authorization }: Confirmation, page: DevicePageInput): Promise<Response> {
    if (form.get('action') === 'deny') {
      denyPolled(authorization, input.now())
      return decidedPage(page, 'denied')
    }
    const client = input.clients.get(authorization.clientId)
    if (client === undefined) return errorPage('The application is no longer registered.')
    const again = (problem: string): Promise<Response> =>
      decisionPage({ ...page, confirmation: id, authorization, client, users: input.users, problem })
    const sub = form.get('user') ?? form.get('username')?.trim() ?? ''
    if (!isUserName(sub)) return again('A user name is 1 to 255 ASCII characters.')
    const configured = input.users.find((candidate) => candidate.sub === sub)
    const user = configured ?? { sub }
    const outcome = await approvePolled(authorization, { user }, input)
    if (outcome === 'approved') return decidedPage(page, 'allowed')
    if (outcome === 'not-pending') return errorPage('This request was answered already.')
    const { reason, give } = describeLoginProblem(outcome, { sub, isConfigured: configured !== undefined })
    return again(`${reason} ${give}`)
  }

  return {
    name: 'device',
    path: endpointPaths.device,
    cors: 'none',
    methods: {
      GET(request) {
        const issuer = input.issuerName()
        const cookie = formatBrowserCookie(readBrowserCookies(request, issuer)[0] ?? newBrowserCookie(), issuer)
        const userCode = new URL(request.url).searchParams.get('user_code')?.slice(0, 32) ?? ''
        return codePage({ issuer, cookie, userCode })
      },
      async POST(request) {
        try {
          return await answer(request, await readForm(request))
        } catch (error) {
          if (error instanceof OAuthRefusal) return errorPage(error.message, error.status)
          throw error
        }
      },
    },
  }
}
