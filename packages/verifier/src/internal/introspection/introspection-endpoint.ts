import {
  ConfigurationError,
  createRefreshing,
  discoverServer,
  DiscoveryError,
  type Fetch,
  isJsonObject,
  isThenable,
  parseIssuer,
  parseSecureUrl,
  type ServerMetadata,
} from '@bailiwick/protocol'
import { claimOf } from '../checks/claims.js'
import { outageOf } from '../outage.js'
import { resolvePolicy } from '../remote-jwks-policy.js'
import { wait } from '../wait.js'
import { introspectionUnavailable } from './introspection-unavailable.js'

export interface IntrospectionEndpointInput {
  readonly issuer: string
  /** Where it is, if that is known. */
  readonly endpoint: string | undefined
  /** Whether the client authenticates by its certificate, for which servers may have another endpoint. */
  readonly usesMtls: boolean
  readonly fetch: Fetch | undefined
  readonly timeoutMs: number
  readonly now: () => number
}

/**
 * Where to ask: at the URL that is configured, or where the issuer's metadata say, which are kept as key sets are.
 *
 * @throws {ConfigurationError} for a URL or issuer that cannot be one; from what it returns, `introspection_unavailable`
 * @see {@link https://www.rfc-editor.org/rfc/rfc8414#section-2 RFC 8414 §2} and RFC 8705 §5 (aliases)
 */
export function locateIntrospectionEndpoint(input: IntrospectionEndpointInput): () => string | Promise<string> {
  const { issuer, endpoint, usesMtls, fetch, timeoutMs, now } = input
  if (endpoint !== undefined) {
    if (typeof endpoint !== 'string' || parseSecureUrl(endpoint) === undefined || endpoint.includes('#')) {
      throw new ConfigurationError('endpoint must be an https URL without user information and fragment (http is for loopback alone)')
    }
    return () => endpoint
  }
  parseIssuer(issuer)
  const located = createRefreshing<string>({
    ...resolvePolicy({ timeoutMs }),
    load: async () => ({ value: endpointOf(await discoverServer({ issuer, fetch, timeoutMs }), usesMtls) }),
    now,
    sleep: wait,
    random: Math.random,
  })
  return () => {
    const url = located.get()
    return isThenable(url) ? url.catch(unavailable) : url
  }
}

function endpointOf(metadata: ServerMetadata, usesMtls: boolean): string {
  const alias = usesMtls ? mtlsAlias(metadata) : undefined
  if (alias !== undefined) return alias
  if (metadata.introspection_endpoint !== undefined) return metadata.introspection_endpoint
  throw new DiscoveryError(
    'metadata_invalid',
    'The metadata of the issuer have no introspection_endpoint that can be used: configure endpoint.',
  )
}

/**
 * The metadata's reader does not look into the aliases. They are held to what it demands of other endpoints; one that is there has to
 * be used, so that the ordinary endpoint does not stand in for one that is broken.
 */
function mtlsAlias({ issuer, mtls_endpoint_aliases: aliases }: ServerMetadata): string | undefined {
  const alias = isJsonObject(aliases) ? claimOf(aliases, 'introspection_endpoint') : undefined
  if (alias === undefined) return undefined
  if (typeof alias === 'string' && isEndpointOf(issuer, alias)) return alias
  throw new DiscoveryError(
    'metadata_invalid',
    'The metadata of the issuer have an introspection_endpoint among the mtls_endpoint_aliases that cannot be used: configure endpoint.',
  )
}

function isEndpointOf(issuer: string, text: string): boolean {
  const url = text.includes('#') ? undefined : parseSecureUrl(text)
  return url !== undefined && !(issuer.startsWith('https:') && url.protocol === 'http:')
}

function unavailable(error: unknown): never {
  const { detail = 'the metadata of the issuer cannot be had', ...outage } = outageOf(error)
  throw introspectionUnavailable(detail, outage)
}
