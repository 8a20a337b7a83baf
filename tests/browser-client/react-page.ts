import type { AuthState, BrowserClient } from '@bailiwick/client/browser'
import { Authenticated, AuthProvider, useAuth } from '@bailiwick/client/react'
import { createElement, version } from 'react'
import { createRoot } from 'react-dom/client'

declare global {
  interface Window {
    /** Has the client tell a state. */
    tell(state: AuthState): void
    /** How often the page was handled. */
    handled: number
    reactVersion: string
  }
}

let state: AuthState = { status: 'loading' }
const listeners = new Set<(next: AuthState) => void>()
Object.assign(window, {
  handled: 0,
  reactVersion: version,
  tell(next: AuthState) {
    state = next
    for (const listener of listeners) listener(next)
  },
})

/** A client that does what the test says. */
const client: BrowserClient = {
  getState: () => state,
  subscribe(listener) {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  },
  handlePage() {
    window.handled++
    return Promise.resolve(state)
  },
  login: () => Promise.resolve(state),
  logout: () => Promise.resolve(),
  getAccessToken: () => Promise.resolve('token'),
  fetch: () => Promise.resolve(new Response()),
}

function Outage() {
  const { handlePage } = useAuth()
  return createElement('button', { onClick: () => void handlePage() }, 'Try again')
}

const page = createElement(
  Authenticated,
  { loading: 'One moment', fallback: 'Log in', unavailable: createElement(Outage) },
  createElement('input', { placeholder: 'Your order' }),
)
const plain = createElement(Authenticated, { fallback: 'Please log in' })
createRoot(document.body).render(
  createElement(AuthProvider, { client }, createElement('main', null, page), createElement('aside', null, plain)),
)
