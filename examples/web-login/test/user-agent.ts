/** A browser without its pages: it keeps cookies, by host as browsers do, and follows redirects. Its user logs in as john. */
export interface UserAgent {
  open(url: string, init?: { method: 'POST'; origin: string }): Promise<Visit>
  /** The same without following anything. */
  ask(url: string, init?: { method: 'POST'; origin: string }): Promise<Response>
}

export interface Visit {
  readonly status: number
  readonly url: string
  readonly text: string
  /** Every URL on the way, the last one too. */
  readonly way: readonly string[]
}

export function createUserAgent(): UserAgent {
  const jar = new Map<string, Map<string, string>>()

  async function ask(url: string, init?: { method: 'POST'; origin: string }): Promise<Response> {
    const { host } = new URL(url)
    const cookies = jar.get(host) ?? new Map<string, string>()
    jar.set(host, cookies)
    const response = await fetch(url, {
      method: init?.method ?? 'GET',
      redirect: 'manual',
      headers: {
        'mock-user': 'john',
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(init && { origin: init.origin, 'content-type': 'application/x-www-form-urlencoded' }),
      },
    })
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (/max-age=0/i.test(line)) cookies.delete(name)
      else cookies.set(name, value)
    }
    return response
  }

  return {
    ask,
    async open(url, init) {
      const way = [url]
      let response = await ask(url, init)
      for (let steps = 0; steps < 10; steps++) {
        const location = response.headers.get('location')
        if (location === null) break
        way.push(new URL(location, way.at(-1)).href)
        await response.arrayBuffer()
        response = await ask(way.at(-1) ?? '')
      }
      return { status: response.status, url: way.at(-1) ?? '', text: await response.text(), way }
    },
  }
}
