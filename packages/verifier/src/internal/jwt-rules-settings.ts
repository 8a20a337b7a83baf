import { ConfigurationError, type Fetch } from '@bailiwick/protocol'
import { signingAlgorithms } from '../algorithms.js'
import type { JwtRulesOptions } from '../jwt-rules-options.js'
import type { KeySource } from '../key-source.js'
import { createRemoteJwks } from '../remote-jwks.js'
import { checkJwksLocation } from './jwks-location.js'
import type { JwtRules } from './jwt-examiner.js'
import { checkAlgorithms, checkNumber } from './options.js'
import { resolveKeys } from './resolve-keys.js'

/** The names of the options in the rules of one issuer. */
export const jwtRulesOptionNames = [
  'issuer',
  'audience',
  'algorithms',
  'keys',
  'profile',
  'clockToleranceSeconds',
  'maxTokenAgeSeconds',
  'requiredClaims',
] as const satisfies readonly (keyof JwtRulesOptions)[]

/** The settings that apply to all issuers of a verifier. */
export interface JwtVerificationSettings {
  readonly maxTokenBytes: number
  readonly timeoutMs: number
  readonly fetch: Fetch | undefined
  readonly now: () => number
}

/** Checked rules. The key source is created on demand. */
export type PreparedJwtRules = Omit<JwtRules, 'keys'> & { readonly createKeys: () => KeySource }

/** Lists are copied: changing them later has no effect. */
export function prepareJwtRules(options: JwtRulesOptions, settings: JwtVerificationSettings): PreparedJwtRules {
  const { issuer, audience, profile = 'jwt', requiredClaims = [], maxTokenAgeSeconds } = options
  if (typeof issuer !== 'string' || issuer === '') throw new ConfigurationError('issuer must be the iss of the tokens, a string')
  if (profile !== 'jwt' && profile !== 'rfc9068') throw new ConfigurationError("profile must be 'jwt' or 'rfc9068'")
  if (!isListOfStrings(requiredClaims)) throw new ConfigurationError('requiredClaims must be a list of the names of claims')
  return {
    issuer,
    audience: resolveAudience(audience),
    algorithms: checkAlgorithms(options.algorithms ?? signingAlgorithms),
    profile,
    requiredClaims: [...requiredClaims],
    now: settings.now,
    clockToleranceSeconds: checkNumber('clockToleranceSeconds', options.clockToleranceSeconds ?? 0, { min: 0, max: 300 }),
    maxTokenAgeSeconds: maxTokenAgeSeconds === undefined ? undefined : checkNumber('maxTokenAgeSeconds', maxTokenAgeSeconds, { min: 1 }),
    maxTokenBytes: settings.maxTokenBytes,
    createKeys: prepareKeySource(options, settings),
  }
}

function resolveAudience(audience: JwtRulesOptions['audience']): readonly string[] | null {
  if (audience === null) return null
  const audiences = typeof audience === 'string' ? [audience] : audience
  if (isListOfStrings(audiences) && audiences.length > 0) return [...audiences]
  throw new ConfigurationError('audience must be what the tokens have in aud, a string or a list of some; null leaves it unchecked')
}

/** Given keys are parsed at once. A URL or issuer is only checked. */
function prepareKeySource({ keys, issuer }: JwtRulesOptions, { fetch, now, timeoutMs }: JwtVerificationSettings): () => KeySource {
  if (keys === undefined) return remoteKeys({ issuer })
  const source = resolveKeys(keys, (jwksUri) => remoteKeys({ jwksUri }))
  return typeof source === 'function' ? source : () => source

  function remoteKeys(location: { issuer: string } | { jwksUri: string }): () => KeySource {
    checkJwksLocation(location)
    return () => createRemoteJwks({ ...location, fetch, now, timeoutMs })
  }
}

function isListOfStrings(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string' && entry !== '')
}
