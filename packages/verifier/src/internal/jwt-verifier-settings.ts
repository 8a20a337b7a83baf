import type { JwtVerificationOptions, JwtVerifierOptions } from '../jwt-verifier-options.js'
import type { JwtRules } from './jwt-examiner.js'
import { jwtRulesOptionNames, type JwtVerificationSettings, prepareJwtRules } from './jwt-rules-settings.js'
import { checkFunctions, checkNumber, checkOptionNames } from './options.js'

/** The names of the options that apply to all issuers of a JWT verifier. */
export const jwtVerificationOptionNames = [
  'maxTokenBytes',
  'senderConstraint',
  'revocation',
  'cache',
  'timeoutMs',
  'fetch',
  'now',
] as const satisfies readonly (keyof JwtVerificationOptions)[]

export function resolveJwtVerifierOptions(options: JwtVerifierOptions): JwtRules {
  checkOptionNames('createJwtVerifier', options, [...jwtRulesOptionNames, ...jwtVerificationOptionNames])
  const { createKeys, ...rules } = prepareJwtRules(options, resolveJwtVerificationOptions(options))
  return { ...rules, keys: createKeys() }
}

export function resolveJwtVerificationOptions(options: JwtVerificationOptions): JwtVerificationSettings {
  const { fetch, now = Date.now, maxTokenBytes, timeoutMs } = options
  checkFunctions({ fetch, now })
  return {
    fetch,
    now,
    maxTokenBytes: checkNumber('maxTokenBytes', maxTokenBytes ?? 16_384, { min: 1 }),
    timeoutMs: checkNumber('timeoutMs', timeoutMs ?? 5000, { min: 1, max: 60_000 }),
  }
}
