import { ConfigurationError } from '@bailiwick/protocol'
import { type SigningAlgorithm, signingAlgorithms } from '../../../algorithms.js'
import type { DpopNonceOptions, DpopOptions } from '../../../dpop-options.js'
import { checkAlgorithms, checkNumber, checkOptionNames } from '../../options.js'
import { isSecretBytes, minSecretBytes } from '../../secret-bytes.js'
import { type PublicUrl, resolvePublicUrls } from './public-url.js'

const optionNames = [
  'publicUrl',
  'algorithms',
  'maxProofAgeSeconds',
  'clockToleranceSeconds',
  'replayStore',
  'replayTimeoutMs',
  'nonce',
] as const satisfies readonly (keyof DpopOptions)[]

/** Two are in use during a rotation. */
const maxSecrets = 4

/** The options, resolved. */
export interface DpopSettings extends Pick<DpopOptions, 'replayStore'> {
  readonly publicUrls: readonly PublicUrl[]
  readonly algorithms: readonly SigningAlgorithm[]
  readonly maxProofAgeSeconds: number
  readonly clockToleranceSeconds: number
  readonly replayTimeoutMs: number
  /** `undefined`: proofs need no nonce of this server. */
  readonly nonce: NonceSettings | undefined
}

interface NonceSettings {
  readonly secrets: readonly Uint8Array[]
  readonly lifetimeSeconds: number
}

/** Lists are copied: changing them later has no effect. */
export function resolveDpopOptions(options: DpopOptions): DpopSettings {
  const of = 'senderConstraint.dpop'
  checkOptionNames(of, options, optionNames)
  const { replayStore, nonce } = options
  if (replayStore !== undefined && typeof replayStore?.add !== 'function') {
    throw new ConfigurationError(`${of}.replayStore must be a store: it has no method "add"`)
  }
  const inSeconds = (name: 'maxProofAgeSeconds' | 'clockToleranceSeconds', byDefault: number, range: { min: number; max: number }) =>
    checkNumber(`${of}.${name}`, options[name] ?? byDefault, range)
  return {
    publicUrls: resolvePublicUrls(options.publicUrl),
    algorithms: Object.freeze(checkAlgorithms(options.algorithms ?? signingAlgorithms)),
    maxProofAgeSeconds: inSeconds('maxProofAgeSeconds', 60, { min: 1, max: 600 }),
    clockToleranceSeconds: inSeconds('clockToleranceSeconds', 10, { min: 0, max: 300 }),
    replayStore,
    replayTimeoutMs: checkNumber(`${of}.replayTimeoutMs`, options.replayTimeoutMs ?? 1000, { min: 1, max: 60_000 }),
    nonce: nonce === undefined ? undefined : resolveNonceOptions(nonce),
  }
}

function resolveNonceOptions(options: DpopNonceOptions): NonceSettings {
  const of = 'senderConstraint.dpop.nonce'
  checkOptionNames(of, options, ['secret', 'lifetimeSeconds'] satisfies (keyof DpopNonceOptions)[])
  const { secret, lifetimeSeconds = 300 } = options
  const secrets: readonly unknown[] = Array.isArray(secret) ? secret : [secret]
  if (secrets.length === 0 || secrets.length > maxSecrets || !secrets.every(isSecretBytes)) {
    throw new ConfigurationError(
      `${of}.secret must be a Uint8Array of at least ${minSecretBytes} random bytes, or a list of one to ${maxSecrets} of these`,
    )
  }
  return { secrets, lifetimeSeconds: checkNumber(`${of}.lifetimeSeconds`, lifetimeSeconds, { min: 10, max: 3600 }) }
}
