import { type BrowserClientOptions, createBrowserClient } from '@bailiwick/client/browser'

export const apiUrl = import.meta.env.VITE_API ?? 'http://127.0.0.1:9001'
const appOrigin = import.meta.env.VITE_APP ?? 'http://127.0.0.1:5173'

/** The line that an app changes: `tokens`, or `token-handler`. */
const mode: BrowserClientOptions['mode'] = import.meta.env.VITE_MODE === 'token-handler' ? 'token-handler' : 'tokens'

/** One for the page. Each mode takes what it needs of the settings. */
export const client = createBrowserClient({
  mode,
  issuer: import.meta.env.VITE_ISSUER ?? 'http://127.0.0.1:9000',
  clientId: 'shop',
  redirectUri: `${appOrigin}/callback`,
  scope: 'openid profile orders_read orders_write',
  tokenHandlerUrl: `${apiUrl}/token-handler`,
  allowedOrigins: [apiUrl],
})
