import type { InProcessFetch } from '../src/internal/http/in-process-fetch.js'

/** What the tests need of a browser: it keeps cookies, and posts the forms of the page it is on. It follows no redirect. */
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
  const cookies = new Map<string, string>()

  async function open(url: string | URL, init: RequestInit = {}): Promise<OpenPage> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { ...(init.headers as Record<string, string> | undefined), ...(cookie === '' ? {} : { cookie }) }
    const response = await fetch(url, { ...init, headers, redirect: 'manual' })
    for (const header of response.headers.getSetCookie()) keep(cookies, header)
    const html = await response.text()
    return {
      response,
      html,
      submit(fields) {
        const action = /<form[^>]* action="([^"]*)"/.exec(html)?.[1] ?? ''
        const [, name = 'login', value = ''] = /name="(login|logout)" value="([^"]*)"/.exec(html) ?? []
        return open(new URL(action, url), { method: 'POST', body: new URLSearchParams({ [name]: value, ...fields }) })
      },
    }
  }

  return { open }
}

function keep(cookies: Map<string, string>, header: string): void {
  const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(header) ?? []
  if (/; Max-Age=0;/.test(header)) cookies.delete(name)
  else cookies.set(name, value)
}
