import { ConfigurationError, discoverServer, type Fetch, parseIssuer, parseSecureUrl } from '@bailiwick/protocol'
import type { JwksLocation } from '../remote-jwks-options.js'

/** Locates the key set, and follows it when it moves. */
export interface JwksLocator {
  /**
   * The URL to fetch from now.
   *
   * @throws {DiscoveryError}
   */
  locate(): Promise<string>
  /** The outcome of the fetch from that URL. */
  report(outcome: 'fetched' | 'failed'): void
}

export interface JwksLocatorInput {
  /** The URL of the key set in an earlier run. */
  lastKnown: string | undefined
  fetch: Fetch | undefined
  timeoutMs: number
  now: () => number
}

/** The maximum age of metadata after a successful fetch of the key set. */
const metadataTtlMs = 300_000

/**
 * A locator for a fixed URL, or for an issuer whose metadata name it.
 *
 * Metadata are fetched:
 *
 * - before the first fetch of the key set
 * - in the background after a fetch, when they are old, so that a new location is found while the old one still answers
 * - before every second attempt while the key set cannot be fetched, since it may have moved. Every second one, so that an
 *   outage of the metadata alone does not prevent the fetch, and an outage of the whole issuer costs one request at a time.
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
 * Checks the location of a key set, without a request.
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

/** The known URL still answers; if it does not, the next attempt reports why. */
function ignore(): void {}
