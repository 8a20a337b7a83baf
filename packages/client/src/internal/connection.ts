import type { Fetch, ServerMetadata } from '@bailiwick/protocol'
import {
  allowInsecureRequests,
  type AuthorizationServer,
  type Client as RegisteredClient,
  type ClientAuth,
  clockSkew,
  clockTolerance,
  customFetch,
  type DPoPHandle,
  jwksCache,
  type JWKSCacheInput,
} from 'oauth4webapi'
import { createMetadataSource } from './authorization-server.js'
import { createClientProof } from './client-proof.js'
import type { ClientSettings } from './client-settings.js'
import { createServerClock, type ServerClock } from './server-clock.js'
import { createServerFetch, type ServerFetch } from './server-fetch.js'
import { createSenderKey, type SenderKey } from './sender-key.js'
import { interruptible } from './interruptible.js'

/** What every request to the server needs, made once for a client: who asks whom, how, and by which clock. */
export interface Connection<Claims> {
  readonly settings: ClientSettings<Claims>
  readonly clock: ServerClock
  /** The client as oauth4webapi has it. */
  readonly client: RegisteredClient
  readonly proveClient: ClientAuth
  /** The key that tokens are bound to; `undefined` without DPoP. */
  readonly senderKey: SenderKey | undefined
  metadata(): Promise<ServerMetadata>
  /** The same as oauth4webapi takes it. The signal ends this wait, and not that of others. */
  server(signal?: AbortSignal): Promise<AuthorizationServer>
  /** The way to the server, for a request of oauth4webapi. */
  transport(signal: AbortSignal | undefined): Transport
  /** The options for the check of an ID token's signature, which may ask for keys. */
  keyTransport(signal: AbortSignal | undefined): Transport & { [jwksCache]: JWKSCacheInput }
  /** Has the server's keys asked for again. */
  forgetKeys(): void
}

/** The options that oauth4webapi takes with every request. `http` is refused by `ServerFetch`, but for loopback. */
export interface Transport {
  [customFetch]: ServerFetch
  [allowInsecureRequests]: true
  signal?: AbortSignal
}

/** With the handle, where tokens are asked for. */
export type TokenTransport = Transport & { DPoP?: DPoPHandle }

/** Makes the connection of a client to its server. Nothing is sent. */
export function createConnection<Claims>(settings: ClientSettings<Claims>): Connection<Claims> {
  const clock = createServerClock(settings.now)
  const asked = { fetch: settings.fetch, timeoutMs: settings.timeoutMs, clock }
  const serverFetch = createServerFetch(asked)
  const keyFetch = createServerFetch({ ...asked, tellsTime: false })
  const metadata = createMetadataSource({ ...settings, fetch: learning(settings.fetch, clock) })
  const keys: JWKSCacheInput = {}
  const transport = (signal: AbortSignal | undefined): Transport => ({
    [customFetch]: serverFetch,
    [allowInsecureRequests]: true,
    ...(signal && { signal }),
  })
  // oauth4webapi keeps keys by the object of the metadata: another object, and they are forgotten.
  let known: { metadata: ServerMetadata; server: AuthorizationServer } | undefined
  return {
    settings,
    clock,
    client: registeredClient(settings, clock),
    proveClient: createClientProof(settings.authentication, clock),
    senderKey: settings.dpop && createSenderKey(settings.dpop.keyPair, clock),
    metadata,
    async server(signal) {
      const current = await interruptible(metadata(), signal)
      if (known?.metadata !== current) known = { metadata: current, server: { ...(current as unknown as AuthorizationServer) } }
      return known.server
    },
    transport,
    keyTransport: (signal) => ({ ...transport(signal), [customFetch]: keyFetch, [jwksCache]: keys }),
    forgetKeys() {
      known = undefined
      delete keys.jwks
      delete keys.uat
    },
  }
}

/** So that the time is known before the first proof or assertion has to be dated. */
function learning(fetch: Fetch | undefined, clock: ServerClock): Fetch {
  return async (url, init) => {
    const sentAt = clock.now()
    const ask = fetch ?? globalThis.fetch
    const response = await ask(url, init)
    clock.learn(response.headers, sentAt)
    return response
  }
}

function registeredClient(
  { clientId, clockToleranceSeconds, authentication }: ClientSettings<unknown>,
  clock: ServerClock,
): RegisteredClient {
  return {
    client_id: clientId,
    use_mtls_endpoint_aliases: authentication.method === 'tls_client_auth' || authentication.method === 'self_signed_tls_client_auth',
    [clockTolerance]: clockToleranceSeconds,
    // Read anew for every check, since the clock learns. What oauth4webapi adds it to is the clock of the machine.
    get [clockSkew]() {
      return clock.serverSeconds() - Math.floor(Date.now() / 1000)
    },
  }
}
