import {
  createRefreshing,
  discoverServer,
  DiscoveryError,
  NotAvailableError,
  type Refreshing,
  type ServerMetadata,
  withSystemCause,
} from '@bailiwick/protocol'
import { ClientError } from '../client-error.js'
import type { ClientSettings } from './client-settings.js'
import { frozenCopy } from './frozen-copy.js'

/** Which server, and how it is asked. */
export type ServerSettings = Pick<ClientSettings<unknown>, 'issuer' | 'metadata' | 'fetch' | 'timeoutMs' | 'now'>

const hourMs = 3_600_000

/** The server's metadata, kept: asked for once by all who need them, again after an hour, and used on for a day of outage. Frozen, since whoever has the client gets it. */
export function createMetadataSource({ issuer, metadata, fetch, timeoutMs, now }: ServerSettings): () => Promise<ServerMetadata> {
  if (metadata !== undefined) {
    const given = frozenCopy(metadata)
    return async () => given
  }
  const kept: Refreshing<ServerMetadata> = createRefreshing<ServerMetadata>({
    ttlMs: hourMs,
    minTtlMs: hourMs,
    maxTtlMs: hourMs,
    staleIfErrorMs: 24 * hourMs,
    minIntervalMs: 1000,
    maxBackoffMs: 60_000,
    abandonAfterMs: 2 * timeoutMs,
    load: async () => ({ value: frozenCopy(await discoverServer({ issuer, fetch, timeoutMs })) }),
    now,
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    random: Math.random,
  })
  return async () => {
    try {
      return await kept.get()
    } catch (cause) {
      throw asClientError(cause)
    }
  }
}

function asClientError(cause: unknown): unknown {
  if (!(cause instanceof NotAvailableError)) return cause
  const { cause: reason, retryAfterMs } = cause
  if (reason instanceof DiscoveryError && reason.code !== 'metadata_unavailable') {
    return new ClientError('response_invalid', reason.message, { cause: reason })
  }
  const message = withSystemCause(reason instanceof Error ? reason.message : cause.message, reason)
  return new ClientError('server_unavailable', message, { cause: reason, retryAfterSeconds: Math.max(1, Math.ceil(retryAfterMs / 1000)) })
}
