import type { TokenHandlerModeOptions } from './token-handler/token-handler-mode-options.js'
import type { TokensModeOptions } from './tokens/tokens-mode-options.js'

/** In which of the two modes a page works, and what that mode needs. */
export type BrowserClientOptions = TokensModeOptions | TokenHandlerModeOptions
