import type { PageOptions } from '../page-options.js'

/** The page holds no tokens: a token handler does, and the browser holds its cookies. */
export interface TokenHandlerModeOptions extends PageOptions {
  /** There are cookies in the browser, and no tokens. */
  readonly mode: 'token-handler'
  /**
   * Where the token handler is: its endpoints are below, such as `https://api.example.com/token-handler`. `https`, loopback aside, and of the
   * page's own site: browsers send its cookies nowhere else.
   */
  readonly tokenHandlerUrl: string
  /**
   * What a login asks for, space-separated; what a step-up asks for comes on top. Default: what the token handler is configured with, and for a
   * step-up that names a scope, that scope alone.
   */
  readonly scope?: string | undefined
  /** The time for one exchange with the token handler, in milliseconds. Default 10,000. */
  readonly timeoutMs?: number | undefined
}
