import type { AuthState } from './browser-client.js'
import { BrowserClientError } from './browser-client-error.js'

const channelOf = (state: string) => new BroadcastChannel(`bailiwick popup ${state}`)

/**
 * Opens a window that knows nothing of its opener: the pages that are shown in it could send the app elsewhere.
 *
 * @throws {BrowserClientError} `popup_blocked`
 */
export function openPopup(): Window {
  const popup = open('', '_blank', 'popup,width=480,height=640')
  if (!popup) throw new BrowserClientError('popup_blocked')
  popup.opener = null
  return popup
}

/** In the popup: says how the login ended, and closes. By a channel, since it has no opener. */
export function tellOpener(state: string, reached: AuthState): void {
  const channel = channelOf(state)
  channel.postMessage(reached)
  channel.close()
  close()
}

/** In the opener: waits for the popup to say how it ended, or to be closed: `undefined`. */
export function popupOutcome(popup: Window, state: string): Promise<AuthState | undefined> {
  const channel = channelOf(state)
  return new Promise<AuthState | undefined>((resolve) => {
    channel.onmessage = ({ data }) => resolve(data as AuthState)
    const watch = setInterval(() => {
      if (!popup.closed) return
      clearInterval(watch)
      // What it said as it closed may be under way.
      setTimeout(resolve, 300)
    }, 300)
  }).finally(() => channel.close())
}
