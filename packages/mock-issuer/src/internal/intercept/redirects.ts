const maxRedirects = 20
const redirectStatuses: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

/** Gets the answer to one request, without following anything. */
export type SingleFetch = (request: Request) => Promise<Response>

/**
 * Does with redirects what `fetch` does: follows up to 20 of them, returns the first one (`manual`, as on Node: as it is) or rejects
 * (`error`). A redirect of a `POST` becomes a `GET` where it does in browsers, and credentials do not go to another origin.
 *
 * @see {@link https://fetch.spec.whatwg.org/#http-redirect-fetch Fetch, HTTP-redirect fetch}
 */
export async function fetchWithRedirects(first: Request, fetchOnce: SingleFetch): Promise<Response> {
  let request = first
  for (let followed = 0; ; followed++) {
    const replay = request.body === null ? request : request.clone()
    const response = await fetchOnce(request)
    const location = response.headers.get('location')
    if (!redirectStatuses.has(response.status) || location === null || first.redirect === 'manual') {
      return describedAs(response, request.url, followed > 0)
    }
    if (first.redirect === 'error') throw networkError('unexpected redirect')
    if (followed === maxRedirects) throw networkError('redirect count exceeded')
    await response.body?.cancel()
    request = redirected(replay, response.status, location)
  }
}

function redirected(request: Request, status: number, location: string): Request {
  if (!URL.canParse(location, request.url)) throw networkError('invalid redirect URL')
  const target = new URL(location, request.url)
  if (!/^https?:$/.test(target.protocol)) throw networkError('URL scheme must be a HTTP(S) scheme')
  const headers = new Headers(request.headers)
  if (target.origin !== new URL(request.url).origin) for (const name of ['authorization', 'cookie', 'host']) headers.delete(name)
  const { signal, redirect } = request
  const toGet = ([301, 302].includes(status) && request.method === 'POST') || (status === 303 && !['GET', 'HEAD'].includes(request.method))
  if (!toGet) return new Request(target, { method: request.method, headers, signal, redirect, ...bodyOf(request) })
  for (const name of ['content-type', 'content-length', 'content-encoding', 'content-language', 'content-location']) headers.delete(name)
  return new Request(target, { headers, signal, redirect })
}

function bodyOf({ body }: Request): RequestInit {
  const streamed: RequestInit & { duplex: 'half' } = { body, duplex: 'half' }
  return body === null ? {} : streamed
}

// A Response that was made, and not fetched, has an empty `url`; clients that look at it should see no difference.
function describedAs(response: Response, url: string, wasRedirected: boolean): Response {
  if (response.url === '') Object.defineProperty(response, 'url', { value: url.replace(/#.*$/s, ''), configurable: true })
  if (wasRedirected) Object.defineProperty(response, 'redirected', { value: true, configurable: true })
  return response
}

function networkError(reason: string): TypeError {
  return new TypeError('fetch failed', { cause: new Error(reason) })
}
