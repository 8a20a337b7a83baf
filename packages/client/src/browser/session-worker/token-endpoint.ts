import type { AuthorizationServer } from './authorization-server.js'
import { readIdTokenClaims } from './id-token-claims.js'
import { isSigned } from './id-token-signature.js'
import { once } from './once.js'
import type { Parameters } from './parameters.js'
import { createSenderKey, type SenderKey } from './sender-key.js'
import type { SessionTokens, SessionVault } from './session-vault.js'
import type { SessionSettings } from './session-worker.js'
import { readTokenResponse, TokenRefusal, type TokenResponse } from './token-response.js'

/** Where tokens come from, bound to the key of this browser where the server does that. */
export interface TokenEndpoint {
  /** The key of this browser, for a server that binds tokens to keys; `undefined` for one that does not. */
  senderKey(): Promise<SenderKey | undefined>
  /** Asks for tokens, once more with the server's nonce if it wants one, and verifies the ID token that comes, or is there from before. */
  ask(form: Parameters, previous?: SessionTokens, signal?: AbortSignal): Promise<SessionTokens>
  /** Tells the server that they are not used any more (RFC 7009), if it wants to know. Nobody waits long for it, and it does not fail. */
  revoke(tokens: SessionTokens): Promise<void>
}

const revocationMs = 2000

/** Makes the way to it. Nothing is sent, and no key made. */
export function createTokenEndpoint(
  settings: SessionSettings,
  server: AuthorizationServer,
  vault: Pick<SessionVault, 'keyPair'>,
): TokenEndpoint {
  const { dpop } = settings

  const makeKey = once(async () => {
    const pair = await vault.keyPair()
    return pair && createSenderKey(pair)
  })

  async function senderKey(): Promise<SenderKey | undefined> {
    const isSupported = dpop !== 'never' && (await server.metadata()).dpop_signing_alg_values_supported?.includes('ES256')
    const found = isSupported ? await makeKey() : undefined
    if (!found && dpop === 'required') throw new Error('The server has no DPoP, or the browser no key for it.')
    return found
  }

  /** @see RFC 9449 §8 */
  async function send(form: Parameters, signal?: AbortSignal): Promise<TokenResponse> {
    const endpoint = await server.endpoint('token_endpoint')
    const sender = await senderKey()
    const attempt = async () => {
      const headers = sender && { dpop: await sender.prove('POST', endpoint) }
      const response = await server.post(endpoint, { ...form, resource: settings.resource }, { headers, signal })
      sender?.takeNonce(endpoint, response.headers)
      return readTokenResponse(response)
    }
    return attempt().catch((error: unknown) => {
      if (error instanceof TokenRefusal && error.error === 'use_dpop_nonce') return attempt()
      throw error
    })
  }

  async function verify(idToken: string): Promise<SessionTokens['user']> {
    const { id_token_signing_alg_values_supported: algorithms } = await server.metadata()
    const user = readIdTokenClaims(idToken, { ...settings, algorithms })
    if (!(await isSigned(idToken, await server.keys()))) throw new Error("The ID token is not the server's.")
    return user
  }

  return {
    senderKey,
    async ask(form, previous, signal) {
      const { accessToken, isBound, lifetimeSeconds, refreshToken, idToken = previous?.idToken } = await send(form, signal)
      if (isBound ? dpop === 'never' : dpop === 'required') throw new Error('The token is of another type.')
      const user = idToken === previous?.idToken ? previous?.user : idToken && (await verify(idToken))
      if (!idToken || !user || (previous && user.sub !== previous.user.sub)) throw new Error('The ID token is missing, or of another user.')
      const receivedAt = Date.now()
      return {
        accessToken,
        isBound,
        receivedAt,
        expiresAt: lifetimeSeconds === undefined ? undefined : receivedAt + lifetimeSeconds * 1000,
        refreshToken: settings.refreshToken === 'none' ? undefined : (refreshToken ?? previous?.refreshToken),
        idToken,
        user,
      }
    },
    async revoke({ refreshToken }) {
      if (!refreshToken) return
      try {
        const timeoutMs = Math.min(revocationMs, settings.timeoutMs ?? revocationMs)
        await server.post(await server.endpoint('revocation_endpoint'), { token: refreshToken }, { timeoutMs })
      } catch {
        // It ends by itself.
      }
    },
  }
}
