import { createElement, useEffect, type ReactNode } from 'react'
import type { BrowserClient } from '../browser/browser-client.js'
import { AuthContext } from './auth-context.js'

/** What the provider needs. */
export interface AuthProviderProps {
  /** Made once, outside of every component. */
  readonly client: BrowserClient<unknown>
  readonly children?: ReactNode
}

/**
 * Gives the components below it the client of the page, and has it handle the page when it is shown first. Until that is done, `useAuth` says
 * `loading`. On a server it renders that, and asks nothing.
 *
 * @example
 * const client = createBrowserClient({ mode: 'token-handler', tokenHandlerUrl: 'https://api.example.com/token-handler' })
 * const App = () => AuthProvider({ client, children: 'Hello' }) // in JSX: <AuthProvider client={client}>Hello</AuthProvider>
 */
export function AuthProvider({ client, children }: AuthProviderProps): ReactNode {
  useEffect(() => {
    // An effect that React runs twice, or a client that the app has begun with, handles the page once. What cannot be loaded is told like any
    // error that nobody has caught, and the state becomes `unavailable`.
    if (client.getState().status === 'loading') void client.handlePage()
  }, [client])
  return createElement(AuthContext.Provider, { value: client }, children)
}
