import type { InProcessFetch } from '../src/internal/http/in-process-fetch.js'

/** What the tests need of a browser: it keeps one cookie, and posts the forms of the page it is on. It follows no redirect. */
export interface Browser {
  open(url: string | URL, init?: RequestInit): Promise<OpenPage>
}

export interface OpenPage {
  readonly response: Response
  readonly html: string
  /** Posts the page's form with these fields, to where the page says. */
  submit(fields: Record<string, string>): Promise<OpenPage>
}

export function createBrowser(fetch: InProcessFetch): Browser {
  let cookie: string | undefined

  async function open(url: string | URL, init: RequestInit = {}): Promise<OpenPage> {
    const headers = { ...(init.headers as Record<string, string> | undefined), ...(cookie === undefined ? {} : { cookie }) }
    const response = await fetch(url, { ...init, headers, redirect: 'manual' })
    cookie = response.headers.get('set-cookie')?.split(';')[0] ?? cookie
    const html = await response.text()
    return {
      response,
      html,
      submit(fields) {
        const action = /<form[^>]* action="([^"]*)"/.exec(html)?.[1] ?? ''
        const login = /name="login" value="([^"]*)"/.exec(html)?.[1] ?? ''
        return open(new URL(action, url), { method: 'POST', body: new URLSearchParams({ login, ...fields }) })
      },
    }
  }

  return { open }
}
