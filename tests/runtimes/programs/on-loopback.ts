import { createClient } from '@bailiwick/client'
import { createWebBrowser } from '../../client/web-browser.js'

/** A command line tool logs John in, by a browser that comes back to a port of this process. */
export async function logInOnLoopback({ issuer }: { issuer: string }) {
  // Where there are no ports to listen on, it cannot be loaded.
  const { loginOnLoopback } = await import('@bailiwick/client/loopback')
  const redirectUri = 'http://127.0.0.1/callback'
  const client = createClient({ issuer, clientId: 'shop-cli', authentication: { method: 'none' }, redirectUri })
  let page: Promise<string> | undefined
  async function openBrowser(url: string): Promise<void> {
    const callback = await createWebBrowser().goUntil(url, `${new URL(url).origin}/callback`, (form) => ({
      login: /name="login" value="([^"]+)"/.exec(form)?.[1] ?? '',
      user: 'john',
    }))
    page = fetch(callback).then((response) => response.text())
  }
  const outcome = await loginOnLoopback({ client, openBrowser, applicationName: 'the shop tool' })
  const shown = /<title>([^<]*)/.exec((await page) ?? '')?.[1]
  return { kind: outcome.kind, sub: outcome.kind === 'logged-in' ? outcome.tokens.claims?.['sub'] : undefined, shown }
}
