export type {
  AuthState,
  BrowserClient,
  BrowserLoginOptions,
  BrowserLogoutOptions,
  LoginFailure,
  StepUp,
  UserClaims,
} from './browser-client.js'
export { BrowserClientError } from './browser-client-error.js'
export type { BrowserClientErrorCode } from './browser-client-error.js'
export type { BrowserClientOptions } from './browser-client-options.js'
export { createBrowserClient } from './create-browser-client.js'
export type { PageOptions } from './page-options.js'
export type { TokenHandlerModeOptions } from './token-handler/token-handler-mode-options.js'
export type { TokensModeOptions } from './tokens/tokens-mode-options.js'
