import { parseSecureUrl } from '@bailiwick/protocol'
import { ClientError } from '../../client-error.js'
import { abortableSleep } from '../../internal/abortable-sleep.js'
import type { LoopbackRedirectUri } from '../../internal/attempt-redirect-uri.js'
import type { LoginOutcome, StartedLogin } from '../../login.js'
import type { LoopbackLoginOptions, LoopbackLoginOutcome } from '../loopback-login.js'
import type { OpenBrowser } from '../system-browser.js'
import { type CallbackListener, listenForCallback, type OpenedEntrance, type ReceivedCallback } from './callback-listener.js'
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
 * and not with the URL of the login, by which somebody else could finish it. Should somebody else be faster at that address, the browser comes second, and the
 * login is ended: nothing of it is used. That is seen until the code has been swapped and a browser has had the time to come, and not after.
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
    const entrance = listener.leadOnce(secureUrlOf(started))
    const waited = await waitForBrowser(options, openBrowser, { listener, entrance, started })
    if (waited.kind === 'opened-twice') return openedTwice()
    return waited.kind === 'came' ? await complete(options, { started, entrance, ...waited }) : waited
  } finally {
    await listener.close()
  }
}

/** @throws {ClientError} `response_invalid` */
function secureUrlOf({ url }: StartedLogin): string {
  if (parseSecureUrl(url) !== undefined) return url
  throw new ClientError('response_invalid', "The server's authorization_endpoint is no https URL: the browser was not opened.")
}

type Waited =
  | { readonly kind: 'came'; readonly received: ReceivedCallback; readonly openedAt: number }
  | { readonly kind: 'opened-twice' }
  | { readonly kind: 'expired' }
  | NoBrowser

interface WaitInput {
  readonly listener: CallbackListener
  readonly entrance: OpenedEntrance
  readonly started: StartedLogin
}

/** The browser, or its failure, or a second one, or the end of the time, whichever comes first. @throws {ClientError} `aborted` */
async function waitForBrowser(
  { onLoginUrl, timeoutSeconds = 300, signal }: Pick<LoopbackLoginOptions<unknown>, 'onLoginUrl' | 'timeoutSeconds' | 'signal'>,
  openBrowser: OpenBrowser,
  { listener, entrance, started: { url, state } }: WaitInput,
): Promise<Waited> {
  onLoginUrl?.(url)
  const openedAt = performance.now()
  const time = AbortSignal.timeout(timeoutSeconds * 1000)
  const end = new AbortController()
  try {
    const signals = [time, end.signal, ...(signal ? [signal] : [])]
    const came = listener.receive(state, AbortSignal.any(signals)).then((received): Waited => ({ kind: 'came', received, openedAt }))
    const failed = new Promise<Waited>((resolve) => {
      const open = async () => openBrowser(entrance.address)
      open().catch((cause: unknown) => resolve({ kind: 'no-browser', cause }))
    })
    const twice = entrance.openedTwice.then((): Waited => ({ kind: 'opened-twice' }))
    return await Promise.race([came, failed, twice])
  } catch (cause) {
    if (signal?.aborted) throw new ClientError('aborted', 'The login was aborted.', { cause })
    if (time.aborted) return { kind: 'expired' }
    throw cause
  } finally {
    end.abort()
  }
}

interface CompleteInput {
  readonly started: StartedLogin
  readonly entrance: OpenedEntrance
  readonly received: ReceivedCallback
  /** When the browser was opened, by `performance.now`. */
  readonly openedAt: number
}

/** Swaps the code, and only then tells the browser how it ended: its page is not to say what may yet turn out wrong. */
async function complete<Claims>(
  { client, browserStartSeconds = 2, signal }: LoopbackLoginOptions<Claims>,
  { started: { transaction }, entrance, received: { parameters, answer }, openedAt }: CompleteInput,
): Promise<LoopbackLoginOutcome<Claims>> {
  let page: CallbackPage = 'failed'
  try {
    const outcome = await client.completeLogin({ callback: parameters, transaction, signal })
    if (outcome.kind === 'logged-in') await untilBrowserCame(entrance, openedAt + browserStartSeconds * 1000 - performance.now(), signal)
    // Looked at as late as can be, so that a browser that is slow to come is seen yet.
    const isOpenedTwice = entrance.isOpenedTwice()
    page = isOpenedTwice ? 'opened-twice' : pages[outcome.kind]
    return isOpenedTwice ? openedTwice() : toLoopbackOutcome(outcome)
  } finally {
    await answer(page)
  }
}

/** Until it has come, as the second at its address, or has had the time for it. */
async function untilBrowserCame(entrance: OpenedEntrance, leftMs: number, signal: AbortSignal | undefined): Promise<void> {
  const end = new AbortController()
  const time = abortableSleep(Math.max(0, leftMs), signal ? AbortSignal.any([signal, end.signal]) : end.signal)
  try {
    await Promise.race([time, entrance.openedTwice])
  } finally {
    time.catch(ignore)
    end.abort()
  }
}

function openedTwice(): LoopbackLoginOutcome<never> {
  const cause = new ClientError(
    'response_invalid',
    'The address that the browser was opened with was opened twice: nothing of the login was used.',
  )
  return { kind: 'rejected', reason: 'opened_twice', cause }
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

function ignore(): void {}
