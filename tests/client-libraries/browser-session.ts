import type { MockIssuer } from '@bailiwick/mock-issuer'

/** What a browser does for a person: keeps cookies, opens pages and sends their forms. */
export interface BrowserSession {
  /** Opens the URL that an app redirects to, logs the user in, and returns the URL that the browser is sent back to. */
  logIn(authorizationUrl: URL, user: string): Promise<URL>
  /** Opens a URL, and returns the one that it redirects to. */
  open(url: URL): Promise<URL>
}

export function createBrowserSession(issuer: MockIssuer): BrowserSession {
  const cookies = new Map<string, string>()

  async function request(url: string | URL, init: RequestInit = {}): Promise<Response> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await issuer.fetch(url, { ...init, redirect: 'manual', headers: cookie === '' ? {} : { cookie } })
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
    }
    return response
  }

  return {
    async logIn(authorizationUrl, user) {
      const page = await (await request(authorizationUrl)).text()
      const login = /name="login" value="([^"]+)"/.exec(page)?.[1]
      if (login === undefined) throw new Error(`no login page was shown: ${page}`)
      return locationOf(await request(`${issuer.issuer}/login`, { method: 'POST', body: new URLSearchParams({ login, user }) }))
    },
    open: async (url) => locationOf(await request(url)),
  }
}

async function locationOf(response: Response): Promise<URL> {
  const location = response.headers.get('location')
  if (location === null) throw new Error(`the browser was not sent on: ${response.status} ${await response.text()}`)
  return new URL(location)
}
