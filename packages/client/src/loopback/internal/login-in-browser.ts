import { parseSecureUrl } from '@bailiwick/protocol'
import { ClientError } from '../../client-error.js'
import type { LoopbackRedirectUri } from '../../internal/attempt-redirect-uri.js'
import type { LoginOutcome, StartedLogin } from '../../login.js'
import type { LoopbackLoginOptions, LoopbackLoginOutcome } from '../loopback-login.js'
import type { OpenBrowser } from '../system-browser.js'
import { type CallbackListener, listenForCallback, type ReceivedCallback } from './callback-listener.js'
import type { CallbackPage } from './callback-page.js'

/** There is no way by a browser, and why. */
export interface NoBrowser {
  readonly kind: 'no-browser'
  readonly cause: unknown
}

/**
 * Has the user log in with the browser of this machine. The port is open from before the browser is until the browser has its page.
 *
 * What a program is started with can be read by every user of the machine. So the browser is opened with an address that leads to the login page once,
 * and not with the URL of the login, by which somebody else could finish it.
 */
export async function loginInBrowser<Claims>(
  options: LoopbackLoginOptions<Claims>,
  openBrowser: OpenBrowser,
  redirectUri: LoopbackRedirectUri,
): Promise<LoopbackLoginOutcome<Claims> | NoBrowser> {
  const { client, login, applicationName, signal } = options
  let listener: CallbackListener
  try {
    listener = await listenForCallback(redirectUri, applicationName)
  } catch (cause) {
    return { kind: 'no-browser', cause }
  }
  try {
    const loopbackPort = redirectUri.port === undefined ? listener.port : undefined
    const started = await client.startLogin({ ...login, loopbackPort, signal })
    const callback = await waitForBrowser(options, openBrowser, listener, started)
    return callback.kind === 'came' ? await complete(options, started, callback.received) : callback
  } finally {
    await listener.close()
  }
}

type Waited = { readonly kind: 'came'; readonly received: ReceivedCallback } | { readonly kind: 'expired' } | NoBrowser

/** The browser, or its failure, or the end of the time, whichever comes first. @throws {ClientError} `aborted`, `response_invalid` */
async function waitForBrowser(
  { onLoginUrl, timeoutSeconds = 300, signal }: Pick<LoopbackLoginOptions<unknown>, 'onLoginUrl' | 'timeoutSeconds' | 'signal'>,
  openBrowser: OpenBrowser,
  listener: CallbackListener,
  { url, state }: StartedLogin,
): Promise<Waited> {
  if (parseSecureUrl(url) === undefined) {
    throw new ClientError('response_invalid', "The server's authorization_endpoint is no https URL: the browser was not opened.")
  }
  onLoginUrl?.(url)
  const time = AbortSignal.timeout(timeoutSeconds * 1000)
  const end = new AbortController()
  try {
    const signals = [time, end.signal, ...(signal ? [signal] : [])]
    const came = listener.receive(state, AbortSignal.any(signals)).then((received): Waited => ({ kind: 'came', received }))
    const failed = new Promise<Waited>((resolve) => {
      const open = async () => openBrowser(listener.redirectOnce(url))
      open().catch((cause: unknown) => resolve({ kind: 'no-browser', cause }))
    })
    return await Promise.race([came, failed])
  } catch (cause) {
    if (signal?.aborted) throw new ClientError('aborted', 'The login was aborted.', { cause })
    if (time.aborted) return { kind: 'expired' }
    throw cause
  } finally {
    end.abort()
  }
}

/** Swaps the code, and only then tells the browser how it ended: its page is not to say what may yet turn out wrong. */
async function complete<Claims>(
  { client, signal }: LoopbackLoginOptions<Claims>,
  { transaction }: StartedLogin,
  { parameters, answer }: ReceivedCallback,
): Promise<LoopbackLoginOutcome<Claims>> {
  let page: CallbackPage = 'failed'
  try {
    const outcome = await client.completeLogin({ callback: parameters, transaction, signal })
    page = pages[outcome.kind]
    return toLoopbackOutcome(outcome)
  } finally {
    await answer(page)
  }
}

const pages: Readonly<Record<LoginOutcome<unknown>['kind'], CallbackPage>> = {
  'logged-in': 'logged-in',
  refused: 'refused',
  stale: 'expired',
  rejected: 'failed',
  unavailable: 'failed',
}

function toLoopbackOutcome<Claims>(outcome: LoginOutcome<Claims>): LoopbackLoginOutcome<Claims> {
  if (outcome.kind === 'unavailable') throw outcome.cause
  if (outcome.kind === 'stale') return { kind: 'expired' }
  if (outcome.kind === 'refused') return { kind: 'refused', error: outcome.error }
  if (outcome.kind === 'rejected') return { kind: 'rejected', reason: outcome.reason, cause: outcome.cause }
  return { kind: 'logged-in', tokens: outcome.tokens }
}
