import { BailiwickError } from '@bailiwick/protocol'
import type { StepUp } from './browser-client.js'

/**
 * Why a call of a browser client was not done:
 * - `no_session`: nobody is logged in: `login`
 * - `unavailable`: the server, or what is between, cannot be asked now. Nobody is logged out: try again later
 * - `step_up_required`: the API asks for a stronger login or a scope; `stepUp` is what `login` takes
 * - `origin_not_allowed`: `fetch` was asked for an origin that `allowedOrigins` does not list. Nothing was sent
 * - `no_tokens`: in the mode `token-handler` the page has none, and never will
 * - `storage_unavailable`: the browser keeps nothing for this page, not even for the minute that a login takes; or a logout could not remove the session
 * - `popup_blocked`: the browser opened no window: a popup has to be opened by a click
 */
export type BrowserClientErrorCode =
  | 'no_session'
  | 'unavailable'
  | 'step_up_required'
  | 'origin_not_allowed'
  | 'no_tokens'
  | 'storage_unavailable'
  | 'popup_blocked'

/** The rejection of a method of `BrowserClient`. Its message is for developers, and never holds a token; without one, it is the code in words. */
export class BrowserClientError extends BailiwickError<BrowserClientErrorCode> {
  /** For `step_up_required`: what the API asks for. */
  declare readonly stepUp: StepUp | undefined

  constructor(code: BrowserClientErrorCode, message: string = code.replaceAll('_', ' '), stepUp?: StepUp) {
    super(code, message)
    // Minifiers shorten the name of the class.
    this.name = 'BrowserClientError'
    this.stepUp = stepUp
  }
}
