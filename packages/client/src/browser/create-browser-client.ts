import { ConfigurationError } from '@bailiwick/protocol'
import { createAuthStore } from './auth-store.js'
import type { AuthState, BrowserClient, UserClaims } from './browser-client.js'
import { BrowserClientError } from './browser-client-error.js'
import type { BrowserClientOptions } from './browser-client-options.js'
import type { BrowserMode, CreateMode } from './browser-mode.js'

/**
 * Creates the client of a page: one for a page, when it starts. Nothing is sent before a method is called. The code of the mode is loaded
 * then, and only that of this mode.
 *
 * @example
 * const client = createBrowserClient({
 *   mode: 'tokens',
 *   issuer: 'https://login.example.com',
 *   clientId: 'shop',
 *   redirectUri: 'https://shop.example.com/',
 *   allowedOrigins: ['https://api.example.com'],
 * })
 * const state = await client.handlePage()
 * if (state.status === 'anonymous' && state.error === undefined) await client.login()
 *
 * @typeParam Claims what the app expects to be known of the user. It is *not* checked
 * @throws {ConfigurationError} naming the option and the fix
 * @see {@link https://www.rfc-editor.org/rfc/rfc10017 RFC 10017}
 */
export function createBrowserClient<Claims = UserClaims>(options: BrowserClientOptions): BrowserClient<Claims> {
  if (options.mode === 'tokens') requireSecure(options.issuer, 'issuer')
  else requireSecure(options.tokenHandlerUrl, 'tokenHandlerUrl')
  for (const origin of options.allowedOrigins ?? []) requireSecure(origin, 'allowedOrigins')
  const [getState, setState, subscribe] = createAuthStore<Claims>()
  let mode: BrowserMode<Claims> | undefined
  let handling: Promise<AuthState<Claims>> | undefined

  async function load(): Promise<BrowserMode<Claims>> {
    // What could not be downloaded is tried again by the next call. Each mode takes its own options.
    const { createMode } = (await (options.mode === 'tokens' ? import('#tokens-mode') : import('#token-handler-mode'))) as {
      readonly createMode: CreateMode<BrowserClientOptions>
    }
    return (mode ??= createMode(options, handlePage, setState, requireSecure, BrowserClientError, ConfigurationError))
  }

  const handlePage = () =>
    (handling ??= load()
      .then((loaded) => loaded.handlePage())
      .catch((error: unknown) => {
        // No page stays at `loading` because something could not be reached, and nobody is logged out by that. What it was is for the developer.
        reportError(error)
        return setState()
      })
      .finally(() => (handling = undefined)))

  return {
    getState,
    subscribe,
    handlePage,
    login: async (...input) => (await load()).login(...input),
    logout: async (...input) => (await load()).logout(...input),
    getAccessToken: async () => (await load()).getAccessToken(),
    fetch: async (...input) => (await load()).fetch(...input),
  }
}

/**
 * Of `https`, loopback aside, and without user information. Less than `parseSecureUrl` of the protocol refuses: these URLs are the app's own, and those that
 * its server names, of which a `javascript:` must not run here.
 *
 * @throws {ConfigurationError} for an option
 * @throws {BrowserClientError} `unavailable` for a URL that the server has named
 */
function requireSecure(url: string | undefined, option?: string): string {
  if (!/^http(s:\/\/[^/@?#\s]+|:\/\/(localhost|127\.0\.0\.1|\[::1])(:\d+)?)([/?]|$)/.test(url as string)) {
    throw option ? new ConfigurationError(option + ' must be https.') : new BrowserClientError('unavailable', 'It must be https.')
  }
  return url as string
}
