import type { AuthState } from '@bailiwick/client/browser'
import { client } from '../../src/app/client.js'

declare global {
  interface Window {
    client: typeof client
    /** What `handlePage` gave, and then the login by popup. */
    ready: Promise<AuthState>
  }
}

window.client = client
window.ready = client.handlePage()
document.getElementById('popup')?.addEventListener('click', () => {
  window.ready = client.login({ display: 'popup' })
})
