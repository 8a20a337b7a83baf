import { ConfigurationError, type Fetch } from '@bailiwick/protocol'
import type { IntrospectionClientAuthentication, IntrospectionClientOptions } from '../../introspection-client-options.js'
import type { IntrospectionVerifierOptions } from '../../introspection-options.js'
import type { KeySource } from '../../key-source.js'
import type { JwtRules } from '../jwt-examiner.js'
import { prepareJwtRules } from '../jwt-rules-settings.js'
import { checkFunctions, checkNumber, checkOptionNames } from '../options.js'
import { type AnswerCacheSettings, resolveAnswerCache } from './answer-cache-settings.js'

const settingNames = [
  'issuer',
  'audience',
  'client',
  'endpoint',
  'response',
  'clockToleranceSeconds',
  'maxTokenAgeSeconds',
  'requiredClaims',
  'maxTokenBytes',
  'maxResponseBytes',
  'timeoutMs',
  'maxConcurrentRequests',
  'cache',
  'senderConstraint',
  'revocation',
  'fetch',
  'now',
] as const satisfies readonly (keyof IntrospectionVerifierOptions)[]

/** The options of each response format, which no other format has. */
const responseNames = {
  json: [],
  signed: ['algorithms', 'keys'],
  phantom: ['algorithms', 'keys', 'profile'],
} as const

export type IntrospectionResponseForm = keyof typeof responseNames

/** The options, resolved. */
export interface IntrospectionVerifierSettings {
  readonly response: IntrospectionResponseForm
  /** For plain JSON they have no keys, and none are used. */
  readonly rules: JwtRules
  readonly client: IntrospectionClientOptions
  readonly endpoint: string | undefined
  readonly fetch: Fetch | undefined
  readonly maxTokenBytes: number
  readonly maxResponseBytes: number
  readonly timeoutMs: number
  readonly maxConcurrentRequests: number
  /** `undefined`: nothing is cached. */
  readonly cache: AnswerCacheSettings | undefined
}

/** The endpoint and the client's key are checked where they are used. */
export function resolveIntrospectionOptions(options: IntrospectionVerifierOptions): IntrospectionVerifierSettings {
  const { response = 'json', fetch, now = Date.now } = options
  if (!Object.hasOwn(responseNames, response)) throw new ConfigurationError("response must be 'json', 'signed' or 'phantom'")
  const owner = `createIntrospectionVerifier with response: '${response}'`
  checkOptionNames(owner, options, [...settingNames, ...responseNames[response]])
  checkFunctions({ fetch, now })
  const maxResponseBytes = checkNumber('maxResponseBytes', options.maxResponseBytes ?? 65_536, { min: 1 })
  const timeoutMs = checkNumber('timeoutMs', options.timeoutMs ?? 5000, { min: 1, max: 60_000 })
  const { createKeys, ...rules } = prepareJwtRules(response === 'json' ? { ...options, keys: noKeys } : options, {
    fetch,
    now,
    timeoutMs,
    maxTokenBytes: maxResponseBytes,
  })
  return {
    response,
    rules: { ...rules, keys: createKeys() },
    client: checkClient(options.client),
    endpoint: options.endpoint,
    fetch,
    maxTokenBytes: checkNumber('maxTokenBytes', options.maxTokenBytes ?? 16_384, { min: 1 }),
    maxResponseBytes,
    timeoutMs,
    maxConcurrentRequests: checkNumber('maxConcurrentRequests', options.maxConcurrentRequests ?? 1000, { min: 1 }),
    cache: options.cache === false ? undefined : resolveAnswerCache(options.cache ?? {}),
  }
}

const noKeys: KeySource = { keysFor: () => [], newerKeysFor: () => Promise.resolve([]) }

function checkClient(client: IntrospectionClientOptions): IntrospectionClientOptions {
  if (typeof client !== 'object' || client === null) {
    throw new ConfigurationError('client must say who the API is to the authorization server: { clientId, authentication }')
  }
  checkOptionNames('client', client, ['clientId', 'authentication'])
  const { clientId, authentication } = client
  if (typeof clientId !== 'string' || clientId === '') throw new ConfigurationError('client.clientId must be a string, and not empty')
  if (typeof authentication !== 'object' || authentication === null) {
    throw new ConfigurationError("client.authentication must be an object such as { method: 'client_secret_basic', clientSecret }")
  }
  checkAuthentication(authentication)
  return { clientId, authentication: { ...authentication } }
}

/** The options of each authentication method. */
const methodNames: Readonly<Record<IntrospectionClientAuthentication['method'], readonly string[]>> = {
  client_secret_basic: ['clientSecret'],
  client_secret_post: ['clientSecret'],
  private_key_jwt: ['privateKey', 'algorithm', 'kid'],
  tls_client_auth: [],
  self_signed_tls_client_auth: [],
  none: [],
}

function checkAuthentication(authentication: IntrospectionClientAuthentication): void {
  const { method } = authentication
  if (!Object.hasOwn(methodNames, method)) {
    throw new ConfigurationError(`client.authentication.method must be one of ${Object.keys(methodNames).join(', ')}`)
  }
  checkOptionNames(`client.authentication with ${method}`, authentication, ['method', ...methodNames[method]])
  if (authentication.method !== 'client_secret_basic' && authentication.method !== 'client_secret_post') return
  if (typeof authentication.clientSecret === 'string' && authentication.clientSecret !== '') return
  throw new ConfigurationError('client.authentication.clientSecret must be a string, and not empty')
}
