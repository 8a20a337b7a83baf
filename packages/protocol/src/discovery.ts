import { fetchBounded } from './bounded-fetch.js'
import { hasContentType } from './content-type.js'
import { DiscoveryError } from './discovery-error.js'
import { FetchError } from './fetch-error.js'
import type { Fetch } from './fetch.js'
import { withDeadline } from './internal/deadline.js'
import { parseIssuer } from './issuer.js'
import { parseJson } from './json.js'
import { type ParsedServerMetadata, parseServerMetadata, type ServerMetadata, type ServerMetadataMember } from './server-metadata.js'

/** Whose metadata to fetch, what they must have, and the bounds. */
export interface DiscoveryInput<Member extends ServerMetadataMember = never> {
  /** The issuer identifier, exactly as the server publishes it: a trailing slash and upper case matter. */
  issuer: string
  /** Members that must be there; without one the code is `metadata_invalid`. They are not optional in the type of the result. */
  required?: readonly Member[] | undefined
  /** Default: the global `fetch`. */
  fetch?: Fetch | undefined
  /** The time limit of the whole discovery, all URLs together, in milliseconds. Default 5,000. */
  timeoutMs?: number | undefined
  /** The largest document, in bytes. Default 262,144. */
  maxBytes?: number | undefined
  /** Aborts discovery, which then fails with `metadata_unavailable`. */
  signal?: AbortSignal | undefined
}

/** Server metadata in which the required members are not optional. */
export type DiscoveredServer<Member extends ServerMetadataMember = never> = ServerMetadata & {
  readonly [Name in Member]-?: NonNullable<ServerMetadata[Name]>
}

/**
 * Fetches the metadata of an authorization server. For `https://host/tenant` it tries, in this order:
 *
 * 1. `https://host/tenant/.well-known/openid-configuration` (OpenID Connect Discovery §4)
 * 2. `https://host/.well-known/oauth-authorization-server/tenant` (RFC 8414 §3)
 * 3. `https://host/.well-known/openid-configuration/tenant` (RFC 8414 §5), only if there is a path
 *
 * It goes on to the next URL after a 4xx, a redirect, or any answer that is not a 200 with JSON (such as the page that a web app
 * serves for every path). It stops at an outage (408, 429, 5xx, no answer) and at the first JSON document, valid or not.
 *
 * Checked: that the document's `issuer` equals the configured one, character by character; that known members have their types, and
 * that URLs are `https` or loopback. A broken member is left out, unless it is required. *Not* checked: a signature
 * (`signed_metadata` is not read), and whether endpoints are on the issuer's host (they need not be). Nothing is cached.
 *
 * @example
 * const server = await discoverServer({ issuer: 'https://login.example.com', required: ['jwks_uri'] })
 * console.log(server.jwks_uri) // a string; server.token_endpoint may be undefined
 *
 * @throws {DiscoveryError} `metadata_unavailable`, `metadata_invalid`, `issuer_mismatch`
 * @throws {ConfigurationError} an issuer that cannot be one, see `parseIssuer`
 * @see {@link https://www.rfc-editor.org/rfc/rfc8414#section-3 RFC 8414 §3}
 * @see {@link https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfig OpenID Connect Discovery §4}
 */
export async function discoverServer<const Member extends ServerMetadataMember = never>(
  input: DiscoveryInput<Member>,
): Promise<DiscoveredServer<Member>> {
  const { issuer, timeoutMs = 5000 } = input
  const locations = metadataLocations(parseIssuer(issuer))
  const deadline = {
    timeoutMs,
    signal: input.signal,
    onTimeout: () => new DiscoveryError('metadata_unavailable', `Discovery of ${issuer} did not finish within ${timeoutMs} ms.`),
    onAbort: (cause: unknown) => new DiscoveryError('metadata_unavailable', `Discovery of ${issuer} was aborted.`, { cause }),
  }
  return withDeadline(deadline, async (signal) => {
    const misses: string[] = []
    for (const location of locations) {
      const answer = await askForMetadata(location, { ...input, timeoutMs, signal })
      if ('document' in answer) return checkMetadata(answer.document, location, input)
      misses.push(`${location} (${answer.miss})`)
    }
    throw new DiscoveryError(
      'metadata_unavailable',
      `No server metadata for issuer ${issuer}. Asked: ${misses.join(', ')}. Check the issuer: it is the "iss" of the server's tokens.`,
    )
  })
}

function metadataLocations({ origin, pathname }: URL): string[] {
  const path = pathname.replace(/\/$/, '')
  const locations = [`${origin}${path}/.well-known/openid-configuration`, `${origin}/.well-known/oauth-authorization-server${path}`]
  return path === '' ? locations : [...locations, `${origin}/.well-known/openid-configuration${path}`]
}

type Answer = { document: unknown } | { miss: string }

interface Question {
  fetch?: Fetch | undefined
  timeoutMs: number
  maxBytes?: number | undefined
  signal: AbortSignal
}

async function askForMetadata(location: string, { fetch, timeoutMs, maxBytes = 262_144, signal }: Question): Promise<Answer> {
  try {
    const { status, headers, text } = await fetchBounded({ url: location, fetch, timeoutMs, maxBytes, signal, accept: 'application/json' })
    if (status !== 200) return judgeStatus(status, location)
    if (!hasContentType(headers, 'application/json')) return { miss: 'not application/json' }
    return { document: parseJson(text) }
  } catch (error) {
    if (error instanceof FetchError) {
      if (error.code === 'redirected') return { miss: 'redirects' }
      // An error page may have any size and encoding: only its status matters.
      if (error.status !== undefined && error.status !== 200) return judgeStatus(error.status, location)
    }
    throw asDiscoveryError(error, location)
  }
}

function judgeStatus(status: number, location: string): Answer {
  const isOutage = status >= 500 || status === 408 || status === 429
  if (isOutage) throw new DiscoveryError('metadata_unavailable', `${location} answered ${status}.`)
  return { miss: `status ${status}` }
}

function asDiscoveryError(cause: unknown, location: string): DiscoveryError {
  if (cause instanceof DiscoveryError) return cause
  const isContent = !(cause instanceof FetchError) || cause.code === 'too_large' || cause.code === 'not_utf8'
  const detail = cause instanceof Error ? cause.message : String(cause)
  return new DiscoveryError(isContent ? 'metadata_invalid' : 'metadata_unavailable', `${location}: ${detail}`, { cause })
}

function checkMetadata<Member extends ServerMetadataMember>(
  document: unknown,
  location: string,
  { issuer, required = [] }: DiscoveryInput<Member>,
): DiscoveredServer<Member> {
  const parsed = parseServerMetadata(document)
  if (parsed === undefined) throw new DiscoveryError('metadata_invalid', `${location} is not server metadata: it has no "issuer".`)
  if (parsed.metadata.issuer !== issuer) throw issuerMismatch(parsed.metadata.issuer, issuer, location)
  for (const member of required) {
    if (parsed.metadata[member] === undefined) throw memberMissing(member, parsed, location)
  }
  return parsed.metadata as DiscoveredServer<Member>
}

function issuerMismatch(published: string, configured: string, location: string): DiscoveryError {
  return new DiscoveryError(
    'issuer_mismatch',
    `${location} says that its issuer is ${JSON.stringify(published.slice(0, 500))}, but ${JSON.stringify(configured)} is configured. ` +
      'They must be equal character by character, a trailing slash included: if that is the server you mean, configure its spelling.',
  )
}

function memberMissing(member: string, { broken }: ParsedServerMetadata, location: string): DiscoveryError {
  const problem = broken.includes(member) ? 'is not what it must be (a URL must be https, or loopback, without fragment)' : 'is missing'
  return new DiscoveryError('metadata_invalid', `${location}: "${member}" ${problem}. Fix it at the server, or configure it here.`)
}
