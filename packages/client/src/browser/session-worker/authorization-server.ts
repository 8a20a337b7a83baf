import {
  type AuthorizationServer as Metadata,
  type Client,
  clockTolerance,
  getValidatedIdTokenClaims,
  processGenericTokenEndpointResponse,
  ResponseBodyError,
} from 'oauth4webapi'
import { isSigned, type PublishedKey } from './id-token-signature.js'
import { addParameters, type Parameters } from './parameters.js'
import { createSenderKey, type SenderKey } from './sender-key.js'
import type { SessionTokens, SessionVault } from './session-vault.js'
import type { SessionSettings } from './session-worker.js'

/** The authorization server, as the worker reaches it. */
export interface AuthorizationServer {
  /** What it publishes, asked for once, unless it fails. */
  metadata(): Promise<Metadata>
  /** The key of this browser, for a server that binds tokens to keys; `undefined` for one that does not. */
  senderKey(): Promise<SenderKey | undefined>
  /** Sends a form. Public clients say their id, and prove nothing. */
  post(url: string | undefined, form: Parameters, init?: { timeoutMs?: number; headers?: Record<string, string> }): Promise<Response>
  /** Asks for tokens, once more with the server's nonce if it wants one, and verifies the ID token that comes. */
  askForTokens(form: Parameters, previous?: SessionTokens): Promise<SessionTokens>
}

/**
 * How far the clock of the user may be off. `Date` cannot be read across origins; but an ID token comes straight from the server, over TLS, for this
 * attempt, and what the page counts on is what was received when.
 */
const clockToleranceSeconds = 900

/** Makes the way to the server. Nothing is sent. */
export function createAuthorizationServer(settings: SessionSettings, vault: SessionVault): AuthorizationServer {
  const { issuer, clientId, dpop, timeoutMs = 10_000 } = settings
  let discovering: Promise<Metadata> | undefined
  let keys: PublishedKey[] | undefined
  let key: Promise<SenderKey | undefined> | undefined
  const client: Client = { client_id: clientId, [clockTolerance]: clockToleranceSeconds }

  const request = (url: string, init?: RequestInit, limitMs = timeoutMs) =>
    fetch(url, { ...init, redirect: 'error', signal: AbortSignal.timeout(limitMs) })

  async function json<Value>(url: string): Promise<Value> {
    const response = await request(url)
    if (!response.ok) throw new Error(`${url} answered ${response.status}.`)
    return (await response.json()) as Value
  }

  async function discover(): Promise<Metadata> {
    const found = await json<Metadata>(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`)
    if (found.issuer !== issuer) throw new Error('The metadata are of another server.')
    return found
  }

  function metadata(): Promise<Metadata> {
    discovering ??= discover()
    discovering.catch(() => (discovering = undefined))
    return discovering
  }

  async function senderKey(): Promise<SenderKey | undefined> {
    const isSupported = dpop !== 'never' && (await metadata()).dpop_signing_alg_values_supported?.includes('ES256')
    const found = isSupported && (await (key ??= makeKey()))
    if (!found && dpop === 'required') throw new Error('The server has no DPoP, or the browser no key for it.')
    return found || undefined
  }

  async function makeKey(): Promise<SenderKey | undefined> {
    const pair = await vault.keyPair()
    return pair && createSenderKey(pair)
  }

  const post: AuthorizationServer['post'] = (url, form, { timeoutMs: limitMs, headers = {} } = {}) =>
    request(String(url), { method: 'POST', headers, body: addParameters(new URLSearchParams(), { client_id: clientId, ...form }) }, limitMs)

  async function requireSignature(idToken: string, jwksUri: string): Promise<void> {
    // The keys that are known first; those of a server that has changed them, then.
    if (keys && (await isSigned(idToken, keys))) return
    keys = (await json<{ keys: PublishedKey[] }>(jwksUri)).keys
    if (!(await isSigned(idToken, keys))) throw new Error("The ID token is not the server's.")
  }

  return {
    metadata,
    senderKey,
    post,
    async askForTokens(form, previous) {
      const server = await metadata()
      const sender = await senderKey()
      const endpoint = String(server.token_endpoint)
      const ask = async () => {
        const headers = sender && { dpop: await sender.prove('POST', endpoint) }
        const response = await post(endpoint, { ...form, resource: settings.resource }, { ...(headers && { headers }) })
        sender?.takeNonce(endpoint, response.headers)
        return processGenericTokenEndpointResponse(server, client, response)
      }
      const answer = await ask().catch((error: unknown) => {
        if (error instanceof ResponseBodyError && error.error === 'use_dpop_nonce') return ask()
        throw error
      })
      const { access_token: accessToken, expires_in: lifetime, id_token: idToken = previous?.idToken, token_type: type } = answer
      const user = getValidatedIdTokenClaims(answer) ?? previous?.user
      if (!idToken || !user || user.sub !== (previous?.user ?? user).sub) throw new Error('The ID token is missing, or of another user.')
      if (answer.id_token) await requireSignature(idToken, String(server.jwks_uri))
      const isBound = type === 'dpop'
      if (isBound ? dpop === 'never' : dpop === 'required') throw new Error('The token is of another type.')
      const receivedAt = Date.now()
      return {
        accessToken,
        isBound,
        receivedAt,
        expiresAt: lifetime === undefined ? undefined : receivedAt + lifetime * 1000,
        refreshToken: settings.refreshToken === 'none' ? undefined : (answer.refresh_token ?? previous?.refreshToken),
        idToken,
        user,
      }
    },
  }
}
