import { type Fetch, fetchBounded, hasContentType, type Loaded, parseCacheControl, parseJson } from '@bailiwick/protocol'
import { type KeySet, parseKeySet, withoutBrokenKeys } from './key-set.js'

/** A key set as it was fetched, with what is needed to ask whether it has changed. */
export interface JwksDocument {
  readonly uri: string
  readonly etag: string | undefined
  readonly keySet: KeySet
}

export interface JwksDocumentInput {
  uri: string
  previous: JwksDocument | undefined
  fetch: Fetch | undefined
  timeoutMs: number
  maxBytes: number
  maxKeys: number
}

/** Fetches a JWK Set: conditionally when there is a previous one from the same place, bounded in size, time and keys. */
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
    ...(fetch !== undefined && { fetch }),
    timeoutMs,
    maxBytes,
    accept: 'application/jwk-set+json, application/json',
    headers: known?.etag === undefined ? {} : { 'If-None-Match': known.etag },
  })
  const maxAgeMs = maxAgeOf(response.headers)
  if (response.status === 304 && known !== undefined) return { value: known, maxAgeMs }
  if (response.status !== 200) throw new Error(`the JWKS endpoint answered ${response.status}`)
  if (!hasContentType(response.headers, 'application/json', 'application/jwk-set+json')) {
    throw new Error('the JWKS endpoint answered with something other than JSON')
  }
  const keySet = await withoutBrokenKeys(parseKeySet(parseJson(response.text), { maxKeys }))
  return { value: { uri, etag: response.headers.get('etag') ?? undefined, keySet }, maxAgeMs }
}

function maxAgeOf(headers: Headers): number | undefined {
  const { maxAgeSeconds, noStore, noCache } = parseCacheControl(headers)
  if (noStore || noCache) return 0
  return maxAgeSeconds === undefined ? undefined : maxAgeSeconds * 1000
}
