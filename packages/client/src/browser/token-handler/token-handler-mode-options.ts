import type { PageOptions } from '../page-options.js'

/** The page holds no tokens: a token handler does, and the browser holds its cookies. */
export interface TokenHandlerModeOptions extends PageOptions {
  readonly mode: 'token-handler'
  /** Where the token handler is: its endpoints are below, such as `https://api.example.com/oauth-agent`. */
  readonly tokenHandlerUrl: string
}
