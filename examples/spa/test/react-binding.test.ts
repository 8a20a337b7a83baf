import type { AuthState, BrowserClient } from '@bailiwick/client/browser'
import { Authenticated, AuthProvider, useAuth } from '@bailiwick/client/react'
import { createElement, type ReactNode } from 'react'
import { renderToString } from 'react-dom/server'
import { describe, expect, test } from 'vitest'

/** A client in one state, which does nothing and counts that. */
function clientIn(state: AuthState) {
  const client: BrowserClient & { calls: number } = {
    calls: 0,
    getState: () => state,
    subscribe: () => () => {},
    handlePage: () => Promise.resolve((client.calls++, state)),
    login: () => Promise.resolve(state),
    logout: () => Promise.resolve(),
    getAccessToken: () => Promise.resolve('token'),
    fetch: () => Promise.resolve(new Response()),
  }
  return client
}

const john = clientIn({ status: 'authenticated', user: { sub: 'john' } })
const render = (client: BrowserClient, child: ReactNode) => renderToString(createElement(AuthProvider, { client }, child))

describe('the React binding on a server', () => {
  test('renders the loading state for everybody, since the server knows no user, and asks nothing', () => {
    const child = createElement(Authenticated, { loading: 'One moment', fallback: 'Log in' }, 'Orders')
    expect(render(john, child)).toBe('One moment')
    expect(john.calls).toBe(0)
  })

  test('gives the methods of the client, whatever is known', () => {
    const Methods = () => {
      const auth = useAuth()
      return `${auth.status} ${auth.login === john.login && auth.fetch === john.fetch}`
    }
    expect(render(john, createElement(Methods))).toBe('loading true')
  })

  test('says what is missing where there is no provider', () => {
    expect(() => renderToString(createElement(Authenticated))).toThrow('useAuth needs an AuthProvider above the component.')
  })
})
