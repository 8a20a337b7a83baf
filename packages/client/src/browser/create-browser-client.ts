import { ConfigurationError } from '@bailiwick/protocol'
import { createAuthStore } from './auth-store.js'
import type { BrowserClient, UserClaims } from './browser-client.js'
import type { BrowserClientOptions } from './browser-client-options.js'
import type { AuthStore, BrowserMode } from './browser-mode.js'

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
 * if (state.status === 'anonymous') await client.login()
 *
 * @typeParam Claims what the app expects to be known of the user. It is *not* checked
 * @throws {ConfigurationError} naming the option and the fix
 * @see {@link https://datatracker.ietf.org/doc/html/draft-ietf-oauth-browser-based-apps OAuth 2.0 for Browser-Based Applications}
 */
export function createBrowserClient<Claims = UserClaims>(options: BrowserClientOptions): BrowserClient<Claims> {
  if (options.mode !== 'tokens' && options.mode !== 'token-handler') {
    throw new ConfigurationError("mode must be 'tokens' or 'token-handler'.")
  }
  for (const origin of options.allowedOrigins ?? []) {
    if (!URL.canParse(origin) || new URL(origin).origin !== origin) {
      throw new ConfigurationError('allowedOrigins takes origins, such as https://api.example.com: no slash at the end.')
    }
  }
  const store = createAuthStore<Claims>()
  let loading: Promise<BrowserMode<Claims>> | undefined
  const mode = () => {
    loading ??= loadMode(options, store)
    // What could not be downloaded is tried again by the next call.
    loading.catch(() => (loading = undefined))
    return loading
  }
  return {
    handlePage: async () => (await mode()).handlePage(),
    login: async (...input) => (await mode()).login(...input),
    logout: async (...input) => (await mode()).logout(...input),
    getAccessToken: async () => (await mode()).getAccessToken(),
    fetch: async (...input) => (await mode()).fetch(...input),
    getState: store.getState,
    subscribe: store.subscribe,
  }
}

async function loadMode<Claims>(options: BrowserClientOptions, store: AuthStore<Claims>): Promise<BrowserMode<Claims>> {
  if (options.mode === 'token-handler') {
    return (await import('./token-handler/token-handler-mode.js')).createTokenHandlerMode(options, store)
  }
  // Here and not in the mode, since bundlers resolve it from the file that it stands in, and this one stays beside the worker's.
  const worker = options.worker ?? (() => new Worker(new URL('./worker.js', import.meta.url), { type: 'module' }))
  return (await import('./tokens/tokens-mode.js')).createTokensMode({ ...options, worker }, store)
}
