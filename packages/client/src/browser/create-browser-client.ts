import { ConfigurationError } from '@bailiwick/protocol'
import { parseReturnTo } from '../internal/return-to.js'
import { createAuthStore } from './auth-store.js'
import type { AuthState, BrowserClient, UserClaims } from './browser-client.js'
import { BrowserClientError } from './browser-client-error.js'
import type { BrowserClientOptions } from './browser-client-options.js'
import type { BrowserMode, BrowserPage } from './browser-mode.js'

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
  const server = options.mode === 'tokens' ? options.issuer : options.tokenHandlerUrl
  if (![server, ...(options.allowedOrigins ?? [])].every(isSecure)) {
    throw new ConfigurationError('issuer, tokenHandlerUrl, allowedOrigins must be https.')
  }
  const { getState, setState, subscribe } = createAuthStore<Claims>()
  const { onReturn = (path: string) => history.replaceState(null, '', path) } = options
  const page: BrowserPage<Claims> = {
    handlePage: () => (handling ??= handlePage().finally(() => (handling = undefined))),
    getState,
    setState,
    unavailable: () => setState({ status: 'unavailable', user: (getState() as { readonly user?: Claims }).user }),
    goOn: (returnTo) => onReturn(parseReturnTo(returnTo as string) ?? '/'),
    requireSecure(url) {
      // The server names its endpoints, and a `javascript:` among them must not run here.
      if (!isSecure(url)) throw new BrowserClientError('unavailable', 'A URL must be https.')
      return url
    },
    error: (...input) => new BrowserClientError(...input),
    configurationError: (message) => new ConfigurationError(message),
  }
  let loading: Promise<BrowserMode<Claims>> | undefined
  let handling: Promise<AuthState<Claims>> | undefined
  const mode = () =>
    (loading ??= loadMode(options, page).catch((error: unknown) => {
      // What could not be downloaded is tried again by the next call.
      loading = undefined
      throw error
    }))
  async function handlePage(): Promise<AuthState<Claims>> {
    try {
      return await (await mode()).handlePage()
    } catch (error) {
      if (error instanceof ConfigurationError) throw error
      // No page stays at `loading` because something could not be reached, and nobody is logged out by that. What it was is for the developer.
      reportError(error)
      return page.unavailable()
    }
  }
  return {
    handlePage: page.handlePage,
    async login(login = {}) {
      const returnTo = login.returnTo === undefined ? location.pathname + location.search + location.hash : requirePath(login.returnTo)
      return (await mode()).login({ ...login, returnTo })
    },
    async logout({ returnTo = '/' } = {}) {
      const path = requirePath(returnTo)
      return (await mode()).logout({ returnTo: path })
    },
    getAccessToken: async () => (await mode()).getAccessToken(),
    fetch: async (...input) => (await mode()).fetch(...input),
    getState,
    subscribe,
  }
}

/** Of `https`, loopback aside, and without user information. Less than `parseSecureUrl` of the protocol refuses: these URLs are the app's own and its server's. */
function isSecure(url: string): boolean {
  return URL.canParse(url) && /^http(s:\/\/|:\/\/(localhost|127\.0\.0\.1|\[::1])(?=[:/]))[^/@]*\//.test(new URL(url).href)
}

function requirePath(returnTo: string): string {
  const path = parseReturnTo(returnTo)
  if (!path) throw new ConfigurationError('returnTo must be a path of this origin.')
  return path
}

async function loadMode<Claims>(options: BrowserClientOptions, page: BrowserPage<Claims>): Promise<BrowserMode<Claims>> {
  if (options.mode === 'token-handler') {
    return (await import('./token-handler/token-handler-mode.js')).createTokenHandlerMode(options, page)
  }
  // Here and not in the mode, since bundlers resolve it from the file that it stands in, and this one stays beside the worker's.
  const worker = options.worker ?? (() => new Worker(new URL('./worker.js', import.meta.url), { type: 'module' }))
  return (await import('./tokens/tokens-mode.js')).createTokensMode({ ...options, worker }, page)
}
