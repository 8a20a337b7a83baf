import type { LoginFailure } from './browser-client.js'
import type { BrowserClientErrorClass } from './browser-mode.js'

/**
 * Opens a window that knows nothing of its opener: the pages that are shown in it could send the app elsewhere.
 *
 * @throws {BrowserClientError} `popup_blocked`
 */
export function openPopup(BrowserClientError: BrowserClientErrorClass): Window {
  const popup = open('', '', 'popup,width=480,height=640')
  if (!popup) throw new BrowserClientError('popup_blocked')
  popup.opener = null
  return popup
}

/** In the popup: says why the login brought nothing, if it has, and closes, and the channel with it. By a channel, since it has no opener. */
export function tellOpener(id: string, failure: LoginFailure | undefined): void {
  new BroadcastChannel(id).postMessage(failure)
  close()
}

/** In the opener: waits for the popup to say how it ended, or to be closed. Gives why the login brought nothing, if it has. */
export async function popupFailure(popup: Window, id: string): Promise<LoginFailure | undefined> {
  const channel = new BroadcastChannel(id)
  let failure: LoginFailure | undefined = { error: 'popup_closed' }
  let isOver: boolean | undefined
  channel.onmessage = ({ data }: MessageEvent<LoginFailure | undefined>) => {
    failure = data
    isOver = true
  }
  // Once more after it is closed: what it said then may be under way.
  for (; !isOver; await new Promise((resolve) => setTimeout(resolve, 200))) isOver = popup.closed
  channel.close()
  return failure
}
