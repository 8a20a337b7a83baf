import { useContext, useMemo, useSyncExternalStore } from 'react'
import { ConfigurationError } from '@bailiwick/protocol'
import type { AuthState, BrowserClient, LoginFailure, UserClaims } from '../browser/browser-client.js'
import { AuthContext } from './auth-context.js'

/** What is known of the user, and what to do about it; `handlePage` to try again what is `unavailable`. */
export type Auth<Claims = UserClaims> = AuthState<Claims> &
  Pick<BrowserClient<Claims>, 'handlePage' | 'login' | 'logout' | 'fetch' | 'getAccessToken'> & {
    /** The user, if there is one: where `status` says so, without the `undefined`. */
    readonly user?: Claims | undefined
    /** Why a login brought nothing, if one did. */
    readonly error?: LoginFailure | undefined
  }

const onServer = { status: 'loading' } as const

/**
 * What is known of the user of this page, and renders again when that changes, also from another tab. The same object until then.
 *
 * @example
 * function Greeting() {
 *   const auth = useAuth()
 *   return auth.status === 'authenticated' ? `Hello, ${auth.user.sub}` : 'Hello'
 * }
 *
 * @typeParam Claims what the app expects to be known of the user. It is *not* checked
 * @throws {ConfigurationError} outside of an `AuthProvider`
 */
export function useAuth<Claims = UserClaims>(): Auth<Claims> {
  const client = useContext(AuthContext) as BrowserClient<Claims> | undefined
  if (client === undefined) throw new ConfigurationError('useAuth needs an AuthProvider above the component.')
  const state: AuthState<Claims> = useSyncExternalStore(client.subscribe, client.getState, () => onServer)
  return useMemo(() => {
    const { handlePage, login, logout, fetch, getAccessToken } = client
    return { ...state, handlePage, login, logout, fetch, getAccessToken }
  }, [client, state])
}
