import {
  ConfigurationError,
  createRefreshing,
  discoverServer,
  type Fetch,
  parseSecureUrl,
  type RefreshingOptions,
  type ServerMetadata,
} from '@bailiwick/protocol'

/** Where a key set is: at a URL, or where the metadata of an issuer says (`jwks_uri`). */
export type JwksLocation = { readonly jwksUri: string } | { readonly issuer: string }

/** A minute of metadata that cannot be refreshed is no reason to forget where the keys are: they have limits of their own. */
const metadataPolicy = {
  ttlMs: 3_600_000,
  minTtlMs: 3_600_000,
  maxTtlMs: 3_600_000,
  staleIfErrorMs: 86_400_000,
  // The key set is what paces the attempts.
  minIntervalMs: 0,
  maxBackoffMs: 0,
}

export interface JwksLocationInput extends Pick<RefreshingOptions<never>, 'now' | 'sleep' | 'random'> {
  fetch: Fetch | undefined
  timeoutMs: number
}

/** A function that gives the URL of the key set, discovering it first where only the issuer is known. */
export function createJwksLocation(location: JwksLocation, input: JwksLocationInput): () => Promise<string> {
  if ('jwksUri' in location) {
    const { jwksUri } = location
    requireSecureUrl('jwksUri', jwksUri)
    return () => Promise.resolve(jwksUri)
  }
  const { issuer } = location
  requireSecureUrl('issuer', issuer)
  const { fetch, timeoutMs, ...clock } = input
  const metadata = createRefreshing<ServerMetadata>({
    ...metadataPolicy,
    ...clock,
    abandonAfterMs: timeoutMs * 4,
    load: async () => ({ value: await discoverServer({ issuer, timeoutMs, ...(fetch !== undefined && { fetch }) }) }),
  })
  return async () => {
    const { jwks_uri: jwksUri } = await metadata.get()
    if (jwksUri === undefined) throw new Error('the metadata of the issuer has no jwks_uri: give keys.jwksUri or keys.jwks')
    return jwksUri
  }
}

function requireSecureUrl(name: string, value: string): void {
  if (typeof value === 'string' && parseSecureUrl(value) !== undefined) return
  throw new ConfigurationError(`${name} must be an https URL (http is for loopback alone); it is ${JSON.stringify(value)}`)
}
