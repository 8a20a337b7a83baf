import { type Fetch, fetchBounded, hasContentType, type Loaded, parseCacheControl, parseJson } from '@bailiwick/protocol'
import { type KeySet, parseKeySet, withoutBrokenKeys } from './key-set.js'
import { placeOf } from './place-of.js'

/** A fetched key set, with what is needed to revalidate it. */
export interface JwksDocument {
  readonly uri: string
  readonly etag: string | undefined
  readonly keySet: KeySet
}

/** The URL, the previous document and the limits. */
export interface JwksDocumentInput {
  uri: string
  previous: JwksDocument | undefined
  fetch: Fetch | undefined
  timeoutMs: number
  maxBytes: number
  maxKeys: number
}

/**
 * Fetches a JWK Set, bounded in size, time and number of keys. Conditional if there is a previous one from the same URL.
 *
 * @throws {FetchError} and other errors: for any reason why there is no usable key set
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
  // With many issuers, nothing else tells operators which key set failed.
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
  // An empty set withdraws every key. A set of broken entries only is an accident: the previous keys are better.
  if (keySet.keys.length === 0 && keySet.unusable.length > 0) throw new Error('the JWK Set has no key that can be used')
  return keySet
}

function maxAgeOf(headers: Headers): number | undefined {
  const { maxAgeSeconds, noStore, noCache } = parseCacheControl(headers)
  if (noStore || noCache) return 0
  return maxAgeSeconds === undefined ? undefined : maxAgeSeconds * 1000
}

/** An entity tag is sent back with each fetch. A large or unsendable one is not kept. */
export function sendableEtag(value: unknown): string | undefined {
  return typeof value === 'string' && /^[!-~]{1,256}$/.test(value) ? value : undefined
}
