import * as oauth from 'oauth4webapi'

/** The requests of the unmodified client library, each by a `fetch` that reaches the issuer. */
export function through(fetch: (url: string, init: RequestInit) => Promise<Response>) {
  return {
    [oauth.customFetch]: (url: string, init: oauth.CustomFetchOptions<string, unknown>) => fetch(url, init as RequestInit),
    [oauth.allowInsecureRequests]: true,
  }
}

/** What the library finds out about the issuer, by OpenID Connect Discovery or by RFC 8414 (`oauth2`). */
export async function discover(
  issuer: string,
  http: ReturnType<typeof through>,
  algorithm: 'oidc' | 'oauth2' = 'oidc',
): Promise<oauth.AuthorizationServer> {
  const name = new URL(issuer)
  return oauth.processDiscoveryResponse(name, await oauth.discoveryRequest(name, { ...http, algorithm }))
}
