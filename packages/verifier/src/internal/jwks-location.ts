import { ConfigurationError, discoverServer, type Fetch, parseIssuer, parseSecureUrl } from '@bailiwick/protocol'
import type { JwksLocation } from '../remote-jwks-options.js'

/** Finds the URL of a key set, and finds it again when it has moved. */
export interface JwksLocator {
  /**
   * The URL to fetch from now.
   *
   * @throws {DiscoveryError}
   */
  locate(): Promise<string>
  /** How the fetch from there went. */
  report(outcome: 'fetched' | 'failed'): void
}

export interface JwksLocatorInput {
  /** Where the key set was in an earlier run. */
  lastKnown: string | undefined
  fetch: Fetch | undefined
  timeoutMs: number
  now: () => number
}

/** How old the metadata may be when a key set has been fetched from where they say. */
const metadataTtlMs = 300_000

/**
 * A locator for a URL, which never moves, or for an issuer whose metadata say where its key set is.
 *
 * Metadata are asked for before the first fetch; in the background after a fetch, when they are old, so that a key set that moves
 * is found while the old place still answers; and before every second attempt while the key set cannot be fetched, since it may
 * have moved. It is every second one so that an outage of the metadata alone does not keep a key set from being fetched, and one
 * of the whole issuer costs one request at a time.
 */
export function createJwksLocator(location: JwksLocation, input: JwksLocatorInput): JwksLocator {
  checkJwksLocation(location)
  if ('jwksUri' in location) {
    const { jwksUri } = location
    return { locate: () => Promise.resolve(jwksUri), report: () => {} }
  }
  const { issuer } = location
  const { fetch, timeoutMs, now } = input
  let known = input.lastKnown
  let askedAt = Number.NEGATIVE_INFINITY
  let isDoubtful = false

  return {
    locate() {
      if (known !== undefined && !isDoubtful) return Promise.resolve(known)
      isDoubtful = false
      return discover()
    },
    report(outcome) {
      isDoubtful = outcome === 'failed'
      if (!isDoubtful && Math.abs(now() - askedAt) >= metadataTtlMs) discover().catch(ignore)
    },
  }

  async function discover(): Promise<string> {
    askedAt = now()
    const { jwks_uri: found } = await discoverServer({ issuer, timeoutMs, fetch, required: ['jwks_uri'] })
    known = found
    return found
  }
}

/**
 * Checks where a key set is said to be, without asking anybody.
 *
 * @throws {ConfigurationError}
 */
export function checkJwksLocation(location: JwksLocation): void {
  if ('jwksUri' in location && 'issuer' in location && location.issuer !== undefined) {
    throw new ConfigurationError('createRemoteJwks takes jwksUri or issuer, not both: with issuer, its metadata say where the key set is')
  }
  if ('jwksUri' in location) return checkJwksUri(location.jwksUri)
  parseIssuer(location.issuer)
  if (!location.issuer.includes('/.well-known/')) return
  throw new ConfigurationError('issuer must be the issuer itself, as it stands in iss: leave out /.well-known/ and what follows it')
}

function checkJwksUri(jwksUri: string): void {
  if (typeof jwksUri === 'string' && parseSecureUrl(jwksUri) !== undefined) return
  throw new ConfigurationError('jwksUri must be an https URL without user information (http is for loopback alone)')
}

/** The place that is known still answers; if it does not, the next attempt tells why. */
function ignore(): void {}
