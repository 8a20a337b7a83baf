import { createRefreshing, isThenable } from '@bailiwick/protocol'
import { AccessTokenError } from './access-token-error.js'
import { fetchJwksDocument, type JwksDocument } from './internal/jwks-document.js'
import { createJwksLocator } from './internal/jwks-location.js'
import { restoreSnapshot, takeSnapshot } from './internal/jwks-snapshot.js'
import { describeState } from './internal/jwks-state.js'
import { keysUnavailable } from './internal/keys-unavailable.js'
import { createMissingKeys } from './internal/missing-keys.js'
import { checkFunctions, checkOptionNames } from './internal/options.js'
import { placeOf } from './internal/place-of.js'
import { quote } from './internal/quote.js'
import { createTurnstile } from './internal/turnstile.js'
import { createWaitingPlaces } from './internal/waiting-places.js'
import { remoteJwksOptionNames, resolveLimits, resolvePolicy } from './internal/remote-jwks-policy.js'
import { wait } from './internal/wait.js'
import type { JwksSnapshot } from './jwks-snapshot.js'
import type { KeyHint, KeySource, VerificationKey } from './key-source.js'
import type { RemoteJwksOptions } from './remote-jwks-options.js'
import type { RemoteJwksState } from './remote-jwks-state.js'

/** A key set that is fetched on demand and cached; see `createRemoteJwks`. */
export interface RemoteJwks extends KeySource {
  /**
   * Fetches the keys now, or as soon as the cooldown allows: to warm up before the first request.
   *
   * @throws {AccessTokenError} `keys_unavailable`
   */
  refresh(): Promise<void>
  /** The cached key set, for `seed`; `undefined` when there is none. */
  export(): JwksSnapshot | undefined
  /** What is cached, how old it is, and how the last fetch went. Never causes a fetch. */
  state(): RemoteJwksState
}

const maxMissingKeys = 1000
/** How many tokens may wait for a fetch; more are `keys_unavailable`. */
const maxWaiting = 10_000
/** A longer kid can match a cached key, but is not worth a fetch or an entry. */
const maxKidLength = 256

/**
 * The key set of an issuer, fetched on demand and cached.
 *
 * - While it is fresh, it is used as it is. A refresh happens in the background, with jitter, and no request waits for it. A
 *   withdrawn key is refused once the set that held it is no longer fresh.
 * - During an outage the keys stay usable for `staleIfErrorMs`, with retries that back off. After that the error is
 *   `keys_unavailable`: an outage is never an invalid token.
 * - An unknown `kid` causes one fetch, shared by all who wait, and at most one every `cooldownMs`. Unknown `kid`s are cached
 *   (bounded) for just that time, so that a flood of invented ones neither reaches the issuer nor delays a new key.
 * - With `issuer`, a new `jwks_uri` is followed when the metadata are seen to have changed, or when the old URL no longer
 *   answers.
 *
 * What is *not* checked: who published the keys, beyond TLS to their URL.
 *
 * @throws {ConfigurationError} for an option that cannot work
 * @see {@link https://www.rfc-editor.org/rfc/rfc7517 RFC 7517}
 * @see {@link https://www.rfc-editor.org/rfc/rfc5861#section-4 RFC 5861 §4} (stale-if-error)
 * @example
 * import { createJwtVerifier, createRemoteJwks } from '@bailiwick/verifier'
 *
 * const issuer = 'https://login.example.com'
 * const keys = createRemoteJwks({ issuer, staleIfErrorMs: 4 * 3_600_000 })
 * const verifier = createJwtVerifier({ issuer, audience: 'orders-api', keys })
 */
export function createRemoteJwks(options: RemoteJwksOptions): RemoteJwks {
  checkOptionNames('createRemoteJwks', options, remoteJwksOptionNames)
  const { fetch, now = Date.now, sleep = wait, random = Math.random } = options
  checkFunctions({ fetch, now, sleep, random })
  const policy = resolvePolicy(options)
  const limits = resolveLimits(options)
  const seed = options.seed ? restoreSnapshot(options.seed, options, { ...limits, maxTtlMs: policy.maxTtlMs }) : undefined
  const locator = createJwksLocator(options, { lastKnown: seed?.value.uri, fetch, timeoutMs: limits.timeoutMs, now })
  const missing = createMissingKeys(maxMissingKeys)
  // All waiting tokens are resumed at once, and verifying them would block the event loop: they go on in groups. Refusals have a
  // queue of their own, so that they delay nobody else.
  const verifications = createTurnstile({ groupSize: 32 })
  const refusals = createTurnstile({ groupSize: 32 })
  const inPlace = createWaitingPlaces({
    places: maxWaiting,
    goneAfterMs: 2 * (policy.abandonAfterMs + policy.maxBackoffMs),
    now,
    full: () => keysUnavailable(new Error('too many tokens are waiting for keys'), policy.minIntervalMs),
  })
  const cache = createRefreshing<JwksDocument>({ ...policy, load, seed, now, sleep, random })

  return {
    keysFor(hint) {
      const askedAt = now()
      const document = cache.get()
      if (!isThenable(document)) return find(document, hint) ?? findNewer(hint)
      return findFetched(document, hint, askedAt)
    },
    async newerKeysFor(hint) {
      if (Math.abs(now() - (cache.currentSince() ?? 0)) < policy.minIntervalMs) return []
      return inTurn(find(await newest(now()), hint) ?? [])
    },
    async refresh() {
      await cache.getSince(now()).catch(unavailable)
    },
    export: () => takeSnapshot(cache.peek(), cache.state(), options),
    state: () => describeState(cache.peek(), cache.state(), { ageAt: now(), missing: missing.size }),
  }

  async function load(previous: JwksDocument | undefined) {
    const uri = await locator.locate()
    try {
      const loaded = await fetchJwksDocument({ ...limits, uri, previous, fetch })
      locator.report('fetched')
      return loaded
    } catch (error) {
      locator.report('failed')
      throw error
    }
  }

  /** `undefined`: a newer key set may have the key. */
  function find({ keySet }: JwksDocument, hint: KeyHint): readonly VerificationKey[] | undefined {
    const selection = keySet.select(hint)
    if (selection.kind === 'keys') return selection.keys
    if (selection.kind === 'unsuitable') throw new AccessTokenError('key_unsuitable', { detail: selection.reason })
    return undefined
  }

  async function findFetched(document: Promise<JwksDocument>, hint: KeyHint, askedAt: number): Promise<readonly VerificationKey[]> {
    // Who finds no place does not await this promise, whose rejection must not be unhandled.
    document.catch(ignore)
    const found = find(await whenTold(() => document), hint)
    if (found !== undefined) return inTurn(found)
    // A set fetched for this very token cannot be any newer.
    return isOlder(askedAt) ? findNewer(hint) : miss(hint)
  }

  async function findNewer(hint: KeyHint): Promise<readonly VerificationKey[]> {
    const time = now()
    const askedAt = missing.askedAt(idOf(hint))
    const isKnownToBeMissing = askedAt !== undefined && Math.abs(time - askedAt) < policy.minIntervalMs
    if (isKnownToBeMissing || (hint.kid?.length ?? 0) > maxKidLength) throw notFound(hint)
    const found = find(await newest(time), hint)
    return found === undefined ? miss(hint) : inTurn(found)
  }

  function newest(since: number): Promise<JwksDocument> {
    return whenTold(() => cache.getSince(since))
  }

  async function whenTold(ask: () => Promise<JwksDocument>): Promise<JwksDocument> {
    const told = await inPlace(() =>
      ask().then(
        (document) => ({ document }),
        (error: unknown) => ({ error }),
      ),
    )
    if ('document' in told) return told.document
    await refusals.pass()
    return unavailable(told.error)
  }

  async function inTurn(found: readonly VerificationKey[]): Promise<readonly VerificationKey[]> {
    await verifications.pass()
    return found
  }

  function isOlder(time: number): boolean {
    return (cache.currentSince() ?? Number.NEGATIVE_INFINITY) < time
  }

  async function miss(hint: KeyHint): Promise<never> {
    await refusals.pass()
    if ((hint.kid?.length ?? 0) <= maxKidLength) missing.add(idOf(hint), cache.currentSince() ?? now())
    throw notFound(hint)
  }

  /** An issuer that publishes no usable key at all is misconfigured: that says nothing about the token. */
  function notFound(hint: KeyHint): AccessTokenError {
    const { alg, kid } = hint
    const { keySet, uri } = cache.peek() ?? {}
    const where = uri === undefined ? '' : ` at ${placeOf(uri)}`
    const selection = keySet?.select(hint)
    if (selection?.kind === 'unknown' && selection.broken !== undefined)
      return new AccessTokenError('key_unsuitable', { detail: selection.broken })
    const sought = kid === undefined ? `no key for ${alg}` : `no key ${quote(kid)}`
    if (keySet !== undefined && keySet.keys.length > 0) return new AccessTokenError('key_not_found', { detail: `${sought}${where}` })
    return keysUnavailable(new Error(`the issuer publishes no key that can be used${where}`), policy.minIntervalMs)
  }
}

function idOf({ alg, kid }: KeyHint): string {
  return kid === undefined ? `alg ${alg}` : `kid ${kid}`
}

function unavailable(error: unknown): never {
  throw keysUnavailable(error)
}

/** The error is reported elsewhere. */
function ignore(): void {}
