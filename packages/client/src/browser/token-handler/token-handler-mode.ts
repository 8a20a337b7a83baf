import type { AuthStore, BrowserMode } from '../browser-mode.js'
import type { TokenHandlerModeOptions } from './token-handler-mode-options.js'

/** Makes the mode in which the page holds no tokens. */
export function createTokenHandlerMode<Claims>(_options: TokenHandlerModeOptions, _store: AuthStore<Claims>): BrowserMode<Claims> {
  const notBuilt = () => Promise.reject(new Error('not built yet'))
  return { handlePage: notBuilt, login: notBuilt, logout: notBuilt, getAccessToken: notBuilt, fetch: notBuilt }
}
