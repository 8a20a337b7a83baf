import { ConfigurationError, type Fetch, parseIssuer, type ServerMetadata } from '@bailiwick/protocol'
import type { StandardSchemaV1 } from '@standard-schema/spec'
import type { ClientAuthentication, SigningKey } from '../client-authentication.js'
import type { ClientDpopOptions, ClientOptions } from '../client-options.js'
import { requireAuthentication, requireRequestObject } from './authentication-option.js'
import { readGivenMetadata } from './given-metadata.js'
import { requireKnownOptions } from './known-options.js'
import { within } from './number-option.js'
import { isRedirectUri } from './redirect-uri.js'
import { requireScope } from './scope-option.js'

/** The options, checked, with their defaults. */
export interface ClientSettings<Claims> {
  readonly issuer: string
  readonly clientId: string
  readonly authentication: ClientAuthentication
  readonly redirectUri: string | undefined
  readonly scope: string
  readonly claims: StandardSchemaV1<unknown, Claims> | undefined
  readonly dpop: { readonly keyPair: CryptoKeyPair | undefined } | undefined
  readonly requestObject: SigningKey | undefined
  readonly pushedAuthorizationRequests: 'when-supported' | 'required' | 'never'
  readonly loginTimeoutSeconds: number
  readonly metadata: ServerMetadata | undefined
  readonly timeoutMs: number
  readonly clockToleranceSeconds: number
  readonly fetch: Fetch | undefined
  readonly now: () => number
}

const known = [
  'issuer',
  'clientId',
  'authentication',
  'redirectUri',
  'scope',
  'claims',
  'dpop',
  'requestObject',
  'pushedAuthorizationRequests',
  'loginTimeoutSeconds',
  'metadata',
  'timeoutMs',
  'clockToleranceSeconds',
  'fetch',
  'now',
]

/** Checks the options of a client. @throws {ConfigurationError} naming the option and the fix */
export function readClientOptions<Claims>(options: ClientOptions<Claims>): ClientSettings<Claims> {
  requireKnownOptions(options, known)
  parseIssuer(options.issuer)
  if (options.scope !== undefined) requireScope(options.scope)
  requireText('clientId', options.clientId, 'as the server has registered it')
  if (options.redirectUri !== undefined) requireRedirectUri(options.redirectUri)
  return {
    issuer: options.issuer,
    clientId: options.clientId,
    authentication: requireAuthentication(options.authentication),
    redirectUri: options.redirectUri,
    scope: options.scope ?? 'openid',
    claims: options.claims,
    dpop: options.dpop === undefined ? undefined : readDpop(options.dpop),
    requestObject: options.requestObject && requireRequestObject(options.requestObject),
    pushedAuthorizationRequests: oneOf('pushedAuthorizationRequests', options.pushedAuthorizationRequests, [
      'when-supported',
      'required',
      'never',
    ]),
    loginTimeoutSeconds: within('loginTimeoutSeconds', options.loginTimeoutSeconds ?? 600, 30, 86_400),
    metadata: options.metadata && readGivenMetadata('metadata', options.metadata, options.issuer),
    timeoutMs: within('timeoutMs', options.timeoutMs ?? 10_000, 1, 600_000),
    clockToleranceSeconds: within('clockToleranceSeconds', options.clockToleranceSeconds ?? 30, 0, 300),
    fetch: options.fetch,
    now: options.now ?? Date.now,
  }
}

/** A pair that is left out is made anew, so that one that is misspelt must not be left out. */
function readDpop(dpop: ClientDpopOptions): { keyPair: CryptoKeyPair | undefined } {
  if (typeof dpop !== 'object' || dpop === null) throw new ConfigurationError('dpop must be an object: {} for a key that is made.')
  requireKnownOptions(dpop, ['keyPair'], 'dpop')
  const { keyPair } = dpop
  if (keyPair === undefined || (keyPair?.publicKey?.type === 'public' && keyPair.privateKey?.type === 'private')) return { keyPair }
  throw new ConfigurationError('dpop.keyPair must be a CryptoKeyPair, with its publicKey and its privateKey.')
}

function requireText(name: string, value: unknown, what: string): string {
  if (typeof value === 'string' && value !== '') return value
  throw new ConfigurationError(`${name} is missing: give it ${what}.`)
}

function oneOf<const Names extends readonly string[]>(name: string, value: string | undefined, names: Names): Names[number] {
  const found = value === undefined ? names[0] : names.find((each) => each === value)
  if (found !== undefined) return found
  throw new ConfigurationError(`${name} must be one of ${names.join(', ')}.`)
}

function requireRedirectUri(text: string): void {
  if (isRedirectUri(text)) return
  throw new ConfigurationError('redirectUri must be an absolute https URL without fragment (http on loopback), exactly as registered.')
}
