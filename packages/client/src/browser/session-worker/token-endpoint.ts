import type { AuthorizationServer } from './authorization-server.js'
import { parseJwtPart } from './base64url.js'
import { isOfThisTime, readIdTokenClaims } from './id-token-claims.js'
import { isSigned } from './id-token-signature.js'
import type { Parameters } from './parameters.js'
import { createSenderKey, type Nonces, type SenderKey, takeNonce } from './sender-key.js'
import type { SessionTokens, SessionVault } from './session-vault.js'
import type { SessionSettings } from './session-worker.js'
import { readTokenResponse, TokenRefusal, type TokenResponse } from './token-response.js'

/** Where tokens come from, bound to the key of this browser where the server does that. */
export interface TokenEndpoint {
  /**
   * The key of a session, or else of a login that begins or ends; `undefined` for a server that does not bind tokens to keys.
   *
   * @throws for a session that is bound to a key which is not there: what is sent without a proof is refused for good
   */
  senderKey(session?: SessionTokens): Promise<SenderKey | undefined>
  /** Takes the nonce that an answer brings, whoever has given it. */
  takeNonce(url: string, headers: Headers): void
  /**
   * Asks for tokens, once more with the server's nonce if it wants one, and verifies the ID token that comes.
   *
   * Of a refresh (`previous`), what it was asked with is spent: a refresh token that is new is handed to `keep`, in the tokens of before, ahead of all that
   * can fail. It is not when the ID token names another user. An ID token that cannot be verified, since the keys cannot be had or this clock is wrong, is
   * left out, and the one before stands; one that is wrong has the answer refused.
   *
   * @throws {TokenRefusal} also for a session that is bound to a key, or not, against what the app wants: nothing is sent, and a login brings another
   */
  ask(
    form: Parameters,
    previous?: SessionTokens,
    signal?: AbortSignal,
    keep?: (tokens: SessionTokens) => Promise<void>,
  ): Promise<SessionTokens>
  /** Tells the server that they are not used any more (RFC 7009), if it wants to know. Nobody waits long for it, and it does not fail. */
  revoke(tokens: SessionTokens): Promise<void>
}

const revocationMs = 2000
/** A refresh that is cut short may be done at the server all the same: it has so many times the time of another request. Nobody waits as long. */
const refreshPatience = 6

/** Makes the way to it. Nothing is sent, and no key made. */
export function createTokenEndpoint(
  settings: SessionSettings,
  server: AuthorizationServer,
  vault: Pick<SessionVault, 'keyPair' | 'sessionKeyPair'>,
): TokenEndpoint {
  const { dpop, timeoutMs = 10_000 } = settings
  const nonces: Nonces = new Map()

  const revocationEndpoint = () => server.endpoint('revocation_endpoint')

  async function senderKey(session?: SessionTokens): Promise<SenderKey | undefined> {
    const isSupported =
      session?.isBound || (dpop !== 'never' && (await server.metadata()).dpop_signing_alg_values_supported?.includes('ES256'))
    const pair = isSupported ? (session ? vault.sessionKeyPair() : await vault.keyPair()) : undefined
    if (!pair && (session?.isBound || dpop === 'required')) throw new Error('The server has no DPoP, or the browser no key for it.')
    return pair && createSenderKey(pair, nonces)
  }

  /** @see RFC 9449 §8 */
  async function send(
    form: Parameters,
    previous: SessionTokens | undefined,
    signal: AbortSignal | undefined,
    keep: (refreshToken: string, idToken: unknown) => Promise<void>,
  ): Promise<TokenResponse> {
    const endpoint = await server.endpoint('token_endpoint')
    const sender = await senderKey(previous)
    const attempt = async () => {
      const headers = sender && { dpop: await sender.prove('POST', endpoint) }
      const options = { headers, signal, timeoutMs: previous && refreshPatience * timeoutMs }
      const response = await server.post(endpoint, { ...form, resource: settings.resource }, options)
      takeNonce(nonces, endpoint, response.headers)
      return readTokenResponse(response, keep)
    }
    return attempt().catch((error: unknown) => {
      if (error instanceof TokenRefusal && error.error === 'use_dpop_nonce') return attempt()
      throw error
    })
  }

  /** Who it is, by this ID token, or by the one before if there is no verdict on it. */
  async function identify(idToken: string, previous?: SessionTokens): Promise<Pick<SessionTokens, 'idToken' | 'user'>> {
    const { id_token_signing_alg_values_supported: algorithms } = await server.metadata()
    const user = readIdTokenClaims(idToken, { ...settings, algorithms })
    if (previous && user.sub !== previous.user.sub) throw new Error('The ID token is of another user.')
    const isOwn = await isSigned(
      idToken,
      await server.keys().catch((error: unknown) => {
        if (!previous) throw error
        return []
      }),
    )
    if (isOwn === false || !(isOwn || previous)) throw new Error("The ID token is not the server's.")
    if (isOwn && isOfThisTime(user)) return { idToken, user }
    if (!previous) throw new Error('The ID token is of another time than this clock.')
    return previous
  }

  return {
    senderKey,
    takeNonce: (url, headers) => takeNonce(nonces, url, headers),
    async ask(form, previous, signal, keep) {
      if (previous && dpop === (previous.isBound ? 'never' : 'required')) throw new TokenRefusal('invalid_grant')
      const given = await send(form, previous, signal, async (refreshToken, idToken) => {
        const { sub = previous?.user.sub } = parseJwtPart(String(idToken), 1)
        if (previous && sub === previous.user.sub && refreshToken !== previous.refreshToken) await keep?.({ ...previous, refreshToken })
      })
      const receivedAt = Date.now()
      const { accessToken, isBound, lifetimeSeconds, refreshToken, idToken } = given
      if (isBound ? dpop === 'never' : dpop === 'required') throw new Error('The token is of another type.')
      const identity = idToken === undefined ? previous : await identify(idToken, previous)
      if (!identity) throw new Error('The ID token is missing.')
      return {
        accessToken,
        isBound,
        receivedAt,
        expiresAt: lifetimeSeconds === undefined ? undefined : receivedAt + lifetimeSeconds * 1000,
        refreshToken: settings.refreshToken === 'none' ? undefined : (refreshToken ?? previous?.refreshToken),
        revocationEndpoint: await revocationEndpoint().catch(() => undefined),
        idToken: identity.idToken,
        user: identity.user,
      }
    },
    async revoke({ refreshToken, revocationEndpoint: url }) {
      if (!refreshToken) return
      try {
        await server.post(url ?? (await revocationEndpoint()), { token: refreshToken }, { timeoutMs: Math.min(revocationMs, timeoutMs) })
      } catch {
        // It ends by itself.
      }
    },
  }
}
