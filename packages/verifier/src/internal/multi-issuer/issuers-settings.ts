import { ConfigurationError } from '@bailiwick/protocol'
import type { JwtRulesOptions } from '../../jwt-rules-options.js'
import type { IssuerResolver, MultiIssuerVerifierOptions } from '../../multi-issuer-verifier-options.js'
import { jwtRulesOptionNames, type JwtVerificationSettings, type PreparedJwtRules, prepareJwtRules } from '../jwt-rules-settings.js'
import { jwtVerificationOptionNames, resolveJwtVerificationOptions } from '../jwt-verifier-settings.js'
import { checkNumber, checkOptionNames } from '../options.js'
import type { IssuerDirectory } from './issuer-directory.js'
import { createListedIssuers } from './listed-issuers.js'
import { createResolvedIssuers } from './resolved-issuers.js'
import { resolveResolver } from './resolver-settings.js'

/** The directory of issuers, their names if known, and the settings for all of them. */
export interface ResolvedIssuersOption {
  readonly settings: JwtVerificationSettings
  readonly directory: IssuerDirectory
  readonly names: readonly string[] | undefined
}

/** The rules in a list are checked at once. */
export function resolveIssuers(options: MultiIssuerVerifierOptions): ResolvedIssuersOption {
  checkOptionNames('createMultiIssuerVerifier', options, ['issuers', 'maxIssuers', ...jwtVerificationOptionNames])
  const settings = resolveJwtVerificationOptions(options)
  const { issuers } = options
  const maxIssuers = checkWhole('maxIssuers', options.maxIssuers ?? 10_000)
  if (isList(issuers)) {
    const listed = readList(issuers, settings)
    return { settings, directory: createListedIssuers(listed, { maxIssuers, now: settings.now }), names: Object.freeze([...listed.keys()]) }
  }
  if (typeof issuers !== 'object' || issuers === null) {
    throw new ConfigurationError('issuers must be a list of the rules of each issuer, or { isTrusted, resolve }')
  }
  return { settings, directory: createResolvedIssuers(resolveResolver(issuers, maxIssuers), settings), names: undefined }
}

function readList(list: readonly JwtRulesOptions[], settings: JwtVerificationSettings): Map<string, PreparedJwtRules> {
  if (list.length === 0) throw new ConfigurationError('issuers must not be empty: as it is, no token would be accepted')
  const listed = new Map<string, PreparedJwtRules>()
  for (const [at, options] of list.entries()) {
    const rules = readRules(at, options, settings)
    if (listed.has(rules.issuer))
      throw new ConfigurationError(`issuers[${at}] has the name of an issuer before it: give each its rules once`)
    listed.set(rules.issuer, rules)
  }
  return listed
}

function readRules(at: number, options: JwtRulesOptions, settings: JwtVerificationSettings): PreparedJwtRules {
  if (typeof options !== 'object' || options === null) throw new ConfigurationError(`issuers[${at}] must be the rules of an issuer`)
  checkOptionNames(`issuers[${at}]`, options, jwtRulesOptionNames)
  try {
    return prepareJwtRules(options, settings)
  } catch (cause) {
    if (cause instanceof ConfigurationError) throw new ConfigurationError(`issuers[${at}]: ${cause.message}`, { cause })
    throw cause
  }
}

function checkWhole(name: string, value: number): number {
  if (Number.isSafeInteger(checkNumber(name, value, { min: 1 }))) return value
  throw new ConfigurationError(`${name} must be a whole number; it is ${value}`)
}

function isList(issuers: readonly JwtRulesOptions[] | IssuerResolver): issuers is readonly JwtRulesOptions[] {
  return Array.isArray(issuers)
}
