import { createRefreshing, NotAvailableError } from '@bailiwick/protocol'
import { AccessTokenError } from './access-token-error.js'
import { fetchJwksDocument, type JwksDocument } from './internal/jwks-document.js'
import { createJwksLocation } from './internal/jwks-location.js'
import { type JwksSnapshot, restoreSnapshot, takeSnapshot } from './internal/jwks-snapshot.js'
import { createMissingKeys } from './internal/missing-keys.js'
import type { KeyHint, KeySource, VerificationKey } from './key-source.js'
import { type RemoteJwksOptions, resolveLimits, resolvePolicy } from './remote-jwks-options.js'

/** What can be observed of a remote key set; times are milliseconds since the epoch. */
export interface RemoteJwksState {
  readonly keys: readonly { readonly kid: string | undefined; readonly algorithms: readonly string[] }[]
  /** The published entries that are not used, and why. */
  readonly unusable: readonly { readonly kid: string | undefined; readonly reason: string }[]
  readonly fetchedAt: number | undefined
  /** How long ago that was. */
  readonly ageMs: number | undefined
  readonly freshUntil: number | undefined
  /** Until when the keys are usable if the issuer stays unreachable. */
  readonly usableUntil: number | undefined
  /** When the next fetch is due; after a failure, when it is allowed. Tokens drive it, not a timer. */
  readonly nextRefreshAt: number
  /** Failures in a row. */
  readonly failures: number
  readonly lastError: unknown
  readonly fetching: boolean
  /** How many unknown keys are remembered as such; 1,000 at most. */
  readonly missing: number
}

/** A key set that is fetched when it is needed, and kept; see `createRemoteJwks`. */
export interface RemoteJwks extends KeySource {
  /**
   * Fetches now, or as soon as the cooldown allows: to warm up before the first request.
   *
   * @throws AccessTokenError `keys_unavailable`
   */
  refresh(): Promise<void>
  /** The key set as it is held, for `seed`; `undefined` when there is none. */
  export(): JwksSnapshot | undefined
  state(): RemoteJwksState
}

const maxMissingKeys = 1000
/** A longer kid can match a key that is held, but is not worth a fetch or a place in memory. */
const maxKidLength = 256

/**
 * The key set of an issuer, fetched when it is needed and kept.
 *
 * - Fresh for its time. A refresh that is merely due happens in the background, with jitter, and no request waits for it. A
 *   withdrawn key is refused when that time is over.
 * - During an outage the keys stay usable for `staleIfErrorMs`, with retries that back off. When nothing usable is left the
 *   error is `keys_unavailable`: an outage is never a bad token.
 * - An unknown `kid` causes one fetch, shared by all who wait, at most one each `cooldownMs`. Unknown `kid`s are remembered
 *   (bounded) for just that time, so that a flood of invented ones neither reaches the issuer nor keeps a new key out.
 *
 * What is *not* checked: who published the keys, beyond TLS to their URL.
 *
 * @throws ConfigurationError for an option that cannot work
 * @see {@link https://www.rfc-editor.org/rfc/rfc7517 RFC 7517}
 * @see {@link https://www.rfc-editor.org/rfc/rfc5861#section-4 RFC 5861 §4} (stale-if-error)
 */
export function createRemoteJwks(options: RemoteJwksOptions): RemoteJwks {
  const { fetch, now = Date.now, sleep = wait, random = Math.random, seed } = options
  const policy = resolvePolicy(options)
  const limits = resolveLimits(options)
  const location = createJwksLocation(options, { fetch, timeoutMs: limits.timeoutMs, now, sleep, random })
  const missing = createMissingKeys(maxMissingKeys)
  const cache = createRefreshing<JwksDocument>({
    ...policy,
    abandonAfterMs: limits.timeoutMs * 6,
    load: async (previous) => fetchJwksDocument({ ...limits, uri: await location(), previous, fetch }),
    seed: seed && restoreSnapshot(seed, { ...limits, maxTtlMs: policy.maxTtlMs }),
    now,
    sleep,
    random,
  })

  return {
    keysFor(hint) {
      const document = cache.get()
      if (!(document instanceof Promise)) return find(document, hint) ?? findNewer(hint)
      return document.then((fetched) => find(fetched, hint) ?? findNewer(hint), refuse)
    },
    async newerKeysFor(hint) {
      const triedSince = cache.currentSince() ?? 0
      if (now() - triedSince < policy.minIntervalMs) return []
      return find(await cache.getSince(now()).catch(refuse), hint) ?? []
    },
    async refresh() {
      await cache.getSince(now()).catch(refuse)
    },
    export: () => takeSnapshot(held(), cache.state()),
    state,
  }

  /** `undefined`: a newer key set may have the key. */
  function find({ keySet }: JwksDocument, hint: KeyHint): readonly VerificationKey[] | undefined {
    const selection = keySet.select(hint)
    if (selection.kind === 'keys') return selection.keys
    if (selection.kind === 'unsuitable') throw new AccessTokenError('key_unsuitable', { detail: selection.reason })
    return undefined
  }

  async function findNewer(hint: KeyHint): Promise<readonly VerificationKey[]> {
    const { alg, kid } = hint
    if (kid !== undefined && kid.length > maxKidLength) throw new AccessTokenError('key_not_found', { detail: 'the kid is too long' })
    const id = kid === undefined ? `alg ${alg}` : `kid ${kid}`
    const time = now()
    const askedAt = missing.askedAt(id)
    if (askedAt !== undefined && Math.abs(time - askedAt) < policy.minIntervalMs) throw notFound()
    const document = await cache.getSince(time).catch(refuse)
    const keys = find(document, hint)
    if (keys !== undefined) return keys
    missing.add(id, cache.currentSince() ?? time)
    throw notFound()
  }

  /** An issuer that publishes no usable key at all is misconfigured: that says nothing about the token. */
  function notFound(): AccessTokenError {
    const published = held()?.keySet.keys.length ?? 0
    if (published > 0) return new AccessTokenError('key_not_found')
    return new AccessTokenError('keys_unavailable', { detail: 'the issuer publishes no key that can be used' })
  }

  function state(): RemoteJwksState {
    const { loadedAt, freshUntil, usableUntil, nextLoadAt, failures, lastError, loading } = cache.state()
    return {
      keys: held()?.keySet.keys.map(({ kid, algorithms }) => ({ kid, algorithms })) ?? [],
      unusable: held()?.keySet.unusable ?? [],
      fetchedAt: loadedAt,
      ageMs: loadedAt === undefined ? undefined : now() - loadedAt,
      freshUntil,
      usableUntil,
      nextRefreshAt: nextLoadAt,
      failures,
      lastError,
      fetching: loading,
      missing: missing.size,
    }
  }

  function held(): JwksDocument | undefined {
    return cache.peek()
  }
}

function refuse(error: unknown): never {
  const [cause, retryAfterMs] = error instanceof NotAvailableError ? [error.cause, error.retryAfterMs] : [error, 0]
  const detail = cause instanceof Error ? cause.message : undefined
  throw new AccessTokenError('keys_unavailable', {
    ...(detail !== undefined && { detail }),
    cause,
    retryAfterSeconds: Math.max(1, Math.ceil(retryAfterMs / 1000)),
  })
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
