/** A browser as far as a login needs one: cookies, redirects, and forms that it sends. */
export interface WebBrowser {
  /** Goes to a URL, follows redirects and fills in forms, until it is sent to `stopAt`, and returns what it is sent to there. */
  goUntil(url: string, stopAt: string, fill: (page: string) => Record<string, string>): Promise<URL>
}

const mostSteps = 20

export function createWebBrowser(): WebBrowser {
  const cookies = new Map<string, string>()

  async function request(url: string, form?: Record<string, string>): Promise<Response> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie },
      ...(form && { method: 'POST', body: new URLSearchParams(form) }),
    })
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';', 1)
      const [name = '', ...value] = pair.split('=')
      if (value.join('=') === '') cookies.delete(name)
      else cookies.set(name, value.join('='))
    }
    return response
  }

  return {
    async goUntil(start, stopAt, fill) {
      let url = start
      let form: Record<string, string> | undefined
      for (let step = 0; step < mostSteps; step++) {
        const response = await request(url, form)
        const location = response.headers.get('location')
        const page = await response.text()
        if (location !== null) {
          url = new URL(location, url).href
          form = undefined
          if (url.startsWith(stopAt)) return new URL(url)
          continue
        }
        const action = /<form[^>]*action="([^"]+)"/.exec(page)?.[1]
        if (action === undefined) throw new Error(`neither a redirect nor a form: ${response.status} ${page}`)
        url = new URL(action, url).href
        form = fill(page)
      }
      throw new Error(`not sent to ${stopAt} in ${mostSteps} steps`)
    },
  }
}
