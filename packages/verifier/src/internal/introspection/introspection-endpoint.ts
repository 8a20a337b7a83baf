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
  /** The configured endpoint, if any. */
  readonly endpoint: string | undefined
  /** Whether the client authenticates by its certificate, for which a server may have another endpoint. */
  readonly usesMtls: boolean
  readonly fetch: Fetch | undefined
  readonly timeoutMs: number
  readonly now: () => number
}

/**
 * The introspection endpoint: configured, or from the issuer's metadata, which are cached like key sets.
 *
 * @throws {ConfigurationError} for an invalid URL or issuer; from the returned function, `introspection_unavailable`
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
 * The metadata parser does not check the aliases, so they are checked here like other endpoints. An alias that is present must
 * be used: the ordinary endpoint does not replace an invalid one.
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
