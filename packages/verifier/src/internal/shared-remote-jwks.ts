import type { Fetch } from '@bailiwick/protocol'
import type { KeySource } from '../key-source.js'
import { createRemoteJwks } from '../remote-jwks.js'

/** URIs come from the application's configuration. If they do not, the least recently used key set is evicted. */
const maxSources = 100

const globalFetchSources = new Map<string, KeySource>()
const sourcesByFetch = new WeakMap<Fetch, Map<string, KeySource>>()

/** One cached key set for each URI and `fetch`, so that calls which only name a URI do not fetch each time. */
export function createSharedRemoteJwks(jwksUri: string, fetch: Fetch | undefined): KeySource {
  const sources = sourcesOf(fetch)
  const source = sources.get(jwksUri) ?? createRemoteJwks({ jwksUri, fetch })
  sources.delete(jwksUri)
  sources.set(jwksUri, source)
  const [oldest] = sources.keys()
  if (sources.size > maxSources && oldest !== undefined) sources.delete(oldest)
  return source
}

function sourcesOf(fetch: Fetch | undefined): Map<string, KeySource> {
  if (fetch === undefined) return globalFetchSources
  const sources = sourcesByFetch.get(fetch) ?? new Map<string, KeySource>()
  sourcesByFetch.set(fetch, sources)
  return sources
}
