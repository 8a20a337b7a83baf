import { type Fetch, fetchBounded, hasContentType, type Loaded, parseCacheControl, parseJson } from '@bailiwick/protocol'
import { type KeySet, parseKeySet, withoutBrokenKeys } from './key-set.js'
import { placeOf } from './place-of.js'

/** A key set as it was fetched, with what is needed to ask whether it has changed. */
export interface JwksDocument {
  readonly uri: string
  readonly etag: string | undefined
  readonly keySet: KeySet
}

/** Where to fetch from, what is known already, and the limits. */
export interface JwksDocumentInput {
  uri: string
  previous: JwksDocument | undefined
  fetch: Fetch | undefined
  timeoutMs: number
  maxBytes: number
  maxKeys: number
}

/**
 * Fetches a JWK Set: conditionally when there is a previous one from the same place, bounded in size, time and keys.
 *
 * @throws {FetchError} and other errors: whatever the reason, the key set could not be had
 */
export async function fetchJwksDocument({
  uri,
  previous,
  fetch,
  timeoutMs,
  maxBytes,
  maxKeys,
}: JwksDocumentInput): Promise<Loaded<JwksDocument>> {
  const known = previous?.uri === uri ? previous : undefined
  const response = await fetchBounded({
    url: uri,
    fetch,
    timeoutMs,
    maxBytes,
    accept: 'application/jwk-set+json, application/json',
    headers: known?.etag === undefined ? {} : { 'If-None-Match': known.etag },
  })
  const maxAgeMs = maxAgeOf(response.headers)
  if (response.status === 304 && known?.etag !== undefined) return { value: known, maxAgeMs }
  // Where there are many issuers, nothing else tells operators whose keys cannot be had.
  const place = placeOf(uri)
  if (response.status !== 200) throw new Error(`${place} answered ${response.status}`)
  if (!hasContentType(response.headers, 'application/json', 'application/jwk-set+json')) {
    throw new Error(`${place} answered with something other than JSON`)
  }
  const keySet = await readKeySet(response.text, maxKeys).catch((cause: unknown) => {
    throw new Error(`${place} answered with something unusable: ${cause instanceof Error ? cause.message : ''}`, { cause })
  })
  return { value: { uri, etag: sendableEtag(response.headers.get('etag')), keySet }, maxAgeMs }
}

async function readKeySet(text: string, maxKeys: number): Promise<KeySet> {
  const keySet = await withoutBrokenKeys(parseKeySet(parseJson(text), { maxKeys }))
  // An empty set withdraws every key. One of nothing but broken entries is an accident, and the keys before it are better.
  if (keySet.keys.length === 0 && keySet.unusable.length > 0) throw new Error('the JWK Set has no key that can be used')
  return keySet
}

function maxAgeOf(headers: Headers): number | undefined {
  const { maxAgeSeconds, noStore, noCache } = parseCacheControl(headers)
  if (noStore || noCache) return 0
  return maxAgeSeconds === undefined ? undefined : maxAgeSeconds * 1000
}

/** An entity tag is kept for ever and sent back each time; one that is large or cannot be sent is better not kept. */
export function sendableEtag(value: unknown): string | undefined {
  return typeof value === 'string' && /^[!-~]{1,256}$/.test(value) ? value : undefined
}
