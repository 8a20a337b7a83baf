import { ConfigurationError, type Fetch } from '@bailiwick/protocol'
import type { Client } from '../../client.js'
import { ClientError } from '../../client-error.js'
import type { TokenSet } from '../../token-set.js'
import { isTokenText } from '../token-text.js'
import { asksForNonce } from './api-answer.js'
import type { OutgoingRequest } from './outgoing-request.js'

export interface ApiCallerInput {
  readonly client: Pick<Client<unknown>, 'dpopProof' | 'keyThumbprint'>
  readonly fetch: Fetch | undefined
}

/** A request whose URL was found to be allowed. */
export type AllowedRequest = OutgoingRequest & { readonly url: URL }

/** Makes a request with a token. */
export type ApiCaller = (request: AllowedRequest, tokens: TokenSet<unknown>) => Promise<Response>

/**
 * Makes what sends requests, as often as it takes until the API has its nonce: twice at most. The last nonce of each origin is kept for the next
 * request (RFC 9449 §8.2).
 */
export function createApiCaller({ client, fetch }: ApiCallerInput): ApiCaller {
  const nonces = new Map<string, string>()

  async function send({ url, method, headers, init }: AllowedRequest, tokens: TokenSet<unknown>): Promise<Response> {
    const { accessToken, tokenType, keyThumbprint } = tokens
    // Said here, since the error of `Headers` would quote it.
    if (!isTokenText(accessToken)) throw new ClientError('response_invalid', 'The access token has characters that no token has.')
    const authorized = new Headers(headers)
    authorized.set('authorization', `${tokenType} ${accessToken}`)
    authorized.delete('dpop')
    if (tokenType === 'DPoP') {
      if (keyThumbprint !== undefined && keyThumbprint !== (await client.keyThumbprint())) {
        throw new ConfigurationError(
          'client has another key than the one that the tokens are bound to: give its dpop.keyPair that one. Nothing was sent.',
        )
      }
      authorized.set('dpop', await client.dpopProof({ method, url: url.href, accessToken, nonce: nonces.get(url.origin) }))
    }
    // Taken out first: browsers refuse a `fetch` that is called as another object's method.
    const ask = fetch ?? globalThis.fetch
    return ask(url.href, { ...init, headers: authorized })
  }

  return async (request, tokens) => {
    const { origin } = request.url
    const before = nonces.get(origin)
    const response = await send(request, tokens)
    if (tokens.tokenType !== 'DPoP') return response
    keepNonce(nonces, origin, response)
    const hasNewNonce = nonces.get(origin) !== before
    if (!hasNewNonce || !request.isRepeatable || !asksForNonce(response)) return response
    await discard(response)
    const second = await send(request, tokens)
    keepNonce(nonces, origin, second)
    return second
  }
}

/** Lets go of an answer that nobody will read, and of its connection with it. */
export async function discard(response: Response): Promise<void> {
  await response.body?.cancel().catch(() => {})
}

/** @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-8.1 RFC 9449 §8.1} (the characters of a nonce) */
function keepNonce(nonces: Map<string, string>, origin: string, { headers }: Response): void {
  const nonce = headers.get('dpop-nonce') ?? ''
  if (nonce.length <= 1024 && /^[!#-[\]-~]+$/.test(nonce)) nonces.set(origin, nonce)
}
