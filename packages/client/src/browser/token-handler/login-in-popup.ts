import type { AuthState, LoginFailure } from '../browser-client.js'
import { popupOutcome, tellOpener } from '../tokens/popup.js'

/** Ends a login in this popup. Loaded when there is one. */
export function endInPopup(begun: string, reached: AuthState<unknown>): void {
  tellOpener(begun, reached as AuthState)
}

/** Has the user log in in a popup, and waits for its end. Loaded when there is one. Gives how it failed. */
export async function loginInPopup(popup: Window, name: string, url: string): Promise<LoginFailure | undefined> {
  const id = crypto.randomUUID()
  // What `handlePage` finds there. Without storage, the popup becomes a page of the app.
  try {
    popup.sessionStorage.setItem(name, id)
  } catch {
    // As said above.
  }
  popup.location.replace(url)
  const reached = await popupOutcome(popup, id)
  return reached ? ('error' in reached ? reached.error : undefined) : { error: 'popup_closed' }
}
