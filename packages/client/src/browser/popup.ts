import type { AuthState, LoginFailure } from './browser-client.js'
import type { BrowserPage } from './browser-mode.js'

/**
 * Opens a window that knows nothing of its opener: the pages that are shown in it could send the app elsewhere.
 *
 * @throws {BrowserClientError} `popup_blocked`
 */
export function openPopup({ error }: Pick<BrowserPage<unknown>, 'error'>): Window {
  const popup = open('', '_blank', 'popup,width=480,height=640')
  if (!popup) throw error('popup_blocked')
  popup.opener = null
  return popup
}

/** In the popup: says how the login ended, and closes, and the channel with it. By a channel, since it has no opener. */
export function tellOpener(id: string, reached: AuthState): void {
  new BroadcastChannel(id).postMessage(reached)
  close()
}

/** In the opener: waits for the popup to say how it ended, or to be closed. Gives why the login brought nothing, if it has. */
export function popupFailure(popup: Window, id: string): Promise<LoginFailure | undefined> {
  const channel = new BroadcastChannel(id)
  let watch: ReturnType<typeof setInterval>
  return new Promise<LoginFailure | undefined>((resolve) => {
    channel.onmessage = ({ data }: MessageEvent<{ readonly error?: LoginFailure }>) => resolve(data.error)
    // What it said as it closed may be under way.
    watch = setInterval(() => popup.closed && setTimeout(resolve, 300, { error: 'popup_closed' }), 300)
  }).finally(() => {
    clearInterval(watch)
    channel.close()
  })
}
