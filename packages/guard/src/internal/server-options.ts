import { ConfigurationError } from '@bailiwick/protocol'
import type { AccessTokenVerifier, DpopSupport, ReadCredentialsOptions } from '@bailiwick/protocol'
import type { TokenContract } from '../contract.js'
import { resourceMetadataUrl } from '../resource-metadata.js'
import type { ResourceServerOptions, StartTimer } from '../resource-server-options.js'
import { requireKnownOptions } from './known-options.js'
import { createChallengePlanner } from './challenge-plan.js'
import { createEventReporter } from './event-reporter.js'
import type { EventReporter } from './event-reporter.js'
import { createNonceSource } from './nonce-source.js'
import type { NonceSource } from './nonce-source.js'
import { createRefusalWriter } from './refusal-writer.js'
import type { RefusalWriter } from './refusal-writer.js'

/** What the parts of a resource server share. */
export interface ServerSettings<Claims> {
  readonly verifier: AccessTokenVerifier
  readonly contract: TokenContract<Claims>
  readonly credentials: ReadCredentialsOptions
  readonly resource: string | undefined
  readonly metadataUrl: string | undefined
  readonly authorizationTimeoutMs: number
  readonly startTimer: StartTimer
  readonly refuse: RefusalWriter
  /** Whether tokens under the scheme `DPoP` are accepted. */
  readonly acceptsDpop: boolean
  /** `undefined` when DPoP proofs need no nonce. */
  readonly nextNonce: NonceSource | undefined
  /** `undefined` when nobody listens, so that nothing is worked out for nobody. */
  readonly report: EventReporter | undefined
}

const OPTIONS: readonly (keyof ResourceServerOptions<unknown>)[] = [
  'verifier',
  'contract',
  'realm',
  'resource',
  'resourceName',
  'tokenFrom',
  'maxTokenBytes',
  'retryAfterSeconds',
  'authorizationTimeoutMs',
  'onEvent',
  'now',
  'startTimer',
]

/** @throws {ConfigurationError} naming the option and the fix */
export function parseServerOptions<Claims>(options: ResourceServerOptions<Claims>): ServerSettings<Claims> {
  requireKnownOptions('', options, OPTIONS)
  requireKnownOptions('tokenFrom: ', options.tokenFrom ?? {}, ['query'])
  const {
    verifier,
    contract,
    onEvent,
    resource,
    resourceName,
    tokenFrom,
    maxTokenBytes,
    now = Date.now,
    startTimer = startTimeout,
  } = options
  if (typeof verifier?.verify !== 'function') {
    throw new ConfigurationError('verifier must have a verify() method: create one with createJwtVerifier of @bailiwick/verifier.')
  }
  if (typeof contract?.read !== 'function') throw new ConfigurationError('contract must be what defineContract() returns.')
  if (onEvent !== undefined && typeof onEvent !== 'function') throw new ConfigurationError('onEvent must be a function.')
  if (resourceName !== undefined && resource === undefined) {
    throw new ConfigurationError('resourceName is for the metadata document: set resource too.')
  }
  const { senderConstraint } = verifier
  const metadataUrl = resource === undefined ? undefined : resourceMetadataUrl(resource)
  return {
    verifier,
    contract,
    credentials: {
      tokenFrom,
      ...(maxTokenBytes === undefined ? {} : { maxTokenBytes: within('maxTokenBytes', maxTokenBytes, 1_048_576) }),
    },
    resource,
    metadataUrl,
    authorizationTimeoutMs: within('authorizationTimeoutMs', options.authorizationTimeoutMs ?? 5_000, 600_000),
    startTimer,
    refuse: createRefusalWriter({
      realm: parseRealm(options.realm ?? contract.audience),
      resourceMetadata: metadataUrl,
      retryAfterSeconds: within('retryAfterSeconds', options.retryAfterSeconds ?? 5, 86_400),
      planChallenges: createChallengePlanner(senderConstraint),
      dpopAlgorithms: parseDpopAlgorithms(senderConstraint?.dpop),
    }),
    acceptsDpop: senderConstraint?.dpop !== undefined,
    nextNonce: createNonceSource(senderConstraint?.dpop, startTimer),
    report: onEvent && createEventReporter({ onEvent, now, audience: contract.audience }),
  }
}

function within(option: string, value: number, max: number): number {
  if (Number.isInteger(value) && value >= 1 && value <= max) return value
  throw new ConfigurationError(`${option} must be a whole number from 1 to ${max}.`)
}

/** A challenge would silently lack a realm that cannot stand in a header. */
function parseRealm(realm: string): string {
  if (typeof realm === 'string' && /^[ -~]+$/.test(realm)) return realm
  throw new ConfigurationError('realm must be printable ASCII; set it if the audience of the contract is not.')
}

/** A challenge would silently lack them. */
function parseDpopAlgorithms(dpop: DpopSupport | undefined): readonly string[] {
  if (dpop === undefined) return []
  const { algorithms } = dpop
  if (Array.isArray(algorithms) && algorithms.every((name) => typeof name === 'string' && /^[\w-]+$/.test(name))) return algorithms
  throw new ConfigurationError('verifier.senderConstraint.dpop.algorithms must list names such as "ES256".')
}

function startTimeout(callback: () => void, delayMs: number): () => void {
  const timer = setTimeout(callback, delayMs)
  return () => clearTimeout(timer)
}
