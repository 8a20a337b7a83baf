import { ConfigurationError } from '@bailiwick/protocol'
import { signingAlgorithms } from '../algorithms.js'
import type { JwtVerifierOptions } from '../jwt-verifier-options.js'
import type { KeySource } from '../key-source.js'
import { createRemoteJwks } from '../remote-jwks.js'
import type { JwtRules } from './jwt-examiner.js'
import { checkAlgorithms, checkFunctions, checkNumber, checkOptionNames } from './options.js'
import { resolveKeys } from './resolve-keys.js'

const optionNames = [
  'issuer',
  'audience',
  'algorithms',
  'keys',
  'profile',
  'clockToleranceSeconds',
  'maxTokenAgeSeconds',
  'requiredClaims',
  'maxTokenBytes',
  'senderConstraint',
  'revocation',
  'cache',
  'fetch',
  'now',
] as const satisfies readonly (keyof JwtVerifierOptions)[]

/** Checks the options and fills in the defaults; lists are copied, so that changing them later changes nothing. */
export function resolveJwtVerifierOptions(options: JwtVerifierOptions): JwtRules {
  checkOptionNames('createJwtVerifier', options, optionNames)
  const { issuer, audience, profile = 'jwt', requiredClaims = [], fetch, now = Date.now, maxTokenAgeSeconds } = options
  if (typeof issuer !== 'string' || issuer === '') throw new ConfigurationError('issuer must be the iss of the tokens, a string')
  if (profile !== 'jwt' && profile !== 'rfc9068') throw new ConfigurationError("profile must be 'jwt' or 'rfc9068'")
  if (!isListOfStrings(requiredClaims)) throw new ConfigurationError('requiredClaims must be a list of the names of claims')
  checkFunctions({ fetch, now })
  return {
    issuer,
    audience: resolveAudience(audience),
    algorithms: checkAlgorithms(options.algorithms ?? signingAlgorithms),
    profile,
    requiredClaims: [...requiredClaims],
    now,
    clockToleranceSeconds: checkNumber('clockToleranceSeconds', options.clockToleranceSeconds ?? 0, { min: 0, max: 300 }),
    maxTokenAgeSeconds: maxTokenAgeSeconds === undefined ? undefined : checkNumber('maxTokenAgeSeconds', maxTokenAgeSeconds, { min: 1 }),
    maxTokenBytes: checkNumber('maxTokenBytes', options.maxTokenBytes ?? 16_384, { min: 1 }),
    keys: resolveKeySource(options),
  }
}

function resolveAudience(audience: JwtVerifierOptions['audience']): readonly string[] | null {
  if (audience === null) return null
  const audiences = typeof audience === 'string' ? [audience] : audience
  if (isListOfStrings(audiences) && audiences.length > 0) return [...audiences]
  throw new ConfigurationError('audience must be what the tokens have in aud, a string or a list of some; null leaves it unchecked')
}

function resolveKeySource({ keys, issuer, fetch, now }: JwtVerifierOptions): KeySource {
  if (keys === undefined) return createRemoteJwks({ issuer, fetch, now })
  return resolveKeys(keys, (jwksUri) => createRemoteJwks({ jwksUri, fetch, now }))
}

function isListOfStrings(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string' && entry !== '')
}
