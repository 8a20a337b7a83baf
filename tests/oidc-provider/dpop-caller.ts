import * as oauth from 'oauth4webapi'

/** What was asked of an API with a proof of possession, and what it answered. */
export interface Exchange {
  readonly status: number
  readonly body: string
  /** `WWW-Authenticate`. */
  readonly challenge: string | null
  /** `DPoP-Nonce`. */
  readonly nonce: string | null
  /** The fields that were sent, the proof among them. */
  readonly sent: Readonly<Record<string, string>>
}

export interface DpopCall {
  readonly url: string
  readonly token: string
  readonly dpop: oauth.DPoPHandle
  /** Default `GET`. */
  readonly method?: string
}

/** A new key of a client, with the nonces that it is given. */
export async function createDpopHandle(algorithm = 'ES256'): Promise<oauth.DPoPHandle> {
  return oauth.DPoP({}, await oauth.generateKeyPair(algorithm), {
    // The authorization server knows this algorithm by its older name alone.
    [oauth.modifyAssertion]: (header) => {
      if (header['alg'] === 'Ed25519') header['alg'] = 'EdDSA'
    },
  })
}

/** Sends one request with a proof. Does not repeat it when a nonce is demanded: the handle remembers the nonce for the next one. */
export async function callOnce({ url, token, dpop, method = 'GET' }: DpopCall): Promise<Exchange> {
  let sent: Record<string, string> = {}
  const response = await oauth
    .protectedResourceRequest(token, method, new URL(url), undefined, null, {
      DPoP: dpop,
      [oauth.allowInsecureRequests]: true,
      [oauth.customFetch]: (address, { headers }) => {
        sent = headers
        return fetch(address, { method, headers })
      },
    })
    .catch((error: unknown) => {
      if (error instanceof oauth.WWWAuthenticateChallengeError) return error.response
      throw error
    })
  return { ...(await answer(response)), sent }
}

/** Sends a request with exactly these fields. */
export async function send(url: string, sent: Readonly<Record<string, string>>, method = 'GET'): Promise<Exchange> {
  return { ...(await answer(await fetch(url, { method, headers: sent }))), sent }
}

async function answer(response: Response): Promise<Omit<Exchange, 'sent'>> {
  const { status, headers } = response
  return { status, body: await response.text(), challenge: headers.get('www-authenticate'), nonce: headers.get('dpop-nonce') }
}
