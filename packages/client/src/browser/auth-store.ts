import type { AuthState, BrowserClient } from './browser-client.js'
import type { SetState } from './browser-mode.js'

/** Keeps what is known of the user, and tells whoever listens. A listener that throws keeps nobody else from hearing it. */
export function createAuthStore<Claims>(): readonly [
  getState: BrowserClient<Claims>['getState'],
  setState: SetState<Claims>,
  subscribe: BrowserClient<Claims>['subscribe'],
] {
  let state: AuthState<Claims> = { status: 'loading' }
  const listeners = new Set<(state: AuthState<Claims>) => void>()

  function setState(next: AuthState<Claims> = { status: 'unavailable', user: (state as { readonly user?: Claims }).user }) {
    // The same object until something changes, which is what frameworks compare.
    if (JSON.stringify(next) !== JSON.stringify(state)) {
      state = next
      for (const listener of listeners) {
        try {
          listener(next)
        } catch (error) {
          reportError(error)
        }
      }
    }
    return state
  }

  function subscribe(listener: (state: AuthState<Claims>) => void) {
    // Of its own, so that a function that subscribes twice is called twice and leaves once.
    const own = (next: AuthState<Claims>) => listener(next)
    listeners.add(own)
    return () => listeners.delete(own)
  }

  return [() => state, setState, subscribe]
}
