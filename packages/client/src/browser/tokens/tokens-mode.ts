import type { AuthStore, BrowserMode } from '../browser-mode.js'
import type { TokensModeOptions } from './tokens-mode-options.js'

/** Makes the mode in which the page is the client. */
export function createTokensMode<Claims>(
  _options: TokensModeOptions & { readonly worker: () => Worker },
  _store: AuthStore<Claims>,
): BrowserMode<Claims> {
  const notBuilt = () => Promise.reject(new Error('not built yet'))
  return { handlePage: notBuilt, login: notBuilt, logout: notBuilt, getAccessToken: notBuilt, fetch: notBuilt }
}
