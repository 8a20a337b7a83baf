import * as oauth from 'oauth4webapi'
import type { AuthorizationServer } from './authorization-server.js'
import type { Resource } from './resources.js'

export interface TokenClientInput {
  readonly issuer: string
  readonly clientId: string
  readonly authentication: oauth.ClientAuth
  /** Default: the global `fetch`. */
  readonly fetch?: ((url: string, init: RequestInit) => Promise<Response>) | undefined
}

export interface TokenRequest {
  readonly resource: Resource
  /** Default: `orders_read`. */
  readonly scope?: string
  /** Binds the token to the key of this handle. Default: it is bound to none. */
  readonly dpop?: oauth.DPoPHandle
}

export interface IssuedToken {
  readonly token: string
  /** In lower case. */
  readonly type: string
  readonly expiresInSeconds: number | undefined
  readonly scope: string | undefined
  /** The answers of the token endpoint, by status and error, until there was a token. */
  readonly answers: readonly string[]
}

/** A client that gets tokens from an authorization server, and gives them back. It is written with a library of its own. */
export interface TokenClient {
  token(request: TokenRequest): Promise<IssuedToken>
  revoke(token: string): Promise<void>
}

/** One that the server has registered with a secret. */
export function registeredClient({ issuer, clients }: AuthorizationServer, name: 'shop' | 'kiosk'): Promise<TokenClient> {
  const { id, secret } = clients[name]
  return createTokenClient({ issuer, clientId: id, authentication: oauth.ClientSecretBasic(secret) })
}

export async function createTokenClient({
  issuer,
  clientId,
  authentication,
  fetch = globalThis.fetch,
}: TokenClientInput): Promise<TokenClient> {
  const options = {
    [oauth.allowInsecureRequests]: true,
    [oauth.customFetch]: (address: string, { body, ...init }: oauth.CustomFetchOptions<string, URLSearchParams | undefined>) =>
      fetch(address, { ...init, body: body ?? null }),
  }
  const url = new URL(issuer)
  const server = await oauth.processDiscoveryResponse(url, await oauth.discoveryRequest(url, options))
  const client: oauth.Client = { client_id: clientId }

  async function token({ resource, scope = 'orders_read', dpop }: TokenRequest): Promise<IssuedToken> {
    const answers: string[] = []
    const ask = async () => {
      const request = { ...options, ...(dpop && { DPoP: dpop }) }
      const response = await oauth.clientCredentialsGrantRequest(server, client, authentication, { resource, scope }, request)
      answers.push(await summary(response.clone()))
      return oauth.processClientCredentialsResponse(server, client, response)
    }
    const issued = await ask().catch((error: unknown) => {
      if (dpop !== undefined && oauth.isDPoPNonceError(error)) return ask()
      throw error
    })
    return {
      token: issued.access_token,
      type: issued.token_type,
      expiresInSeconds: issued.expires_in,
      scope: issued.scope,
      answers,
    }
  }

  async function revoke(revoked: string): Promise<void> {
    await oauth.processRevocationResponse(await oauth.revocationRequest(server, client, authentication, revoked, options))
  }

  return { token, revoke }
}

async function summary(response: Response): Promise<string> {
  const body: unknown = await response.json()
  const error = typeof body === 'object' && body !== null && 'error' in body ? ` ${String(body.error)}` : ''
  return `${response.status}${error}`
}
