import type { KeysOption, KeySource } from '../../key-source.js'
import type { PreparedJwtRules } from '../jwt-rules-settings.js'

/** What distinguishes rules from others. */
export interface RulesIdentity {
  readonly text: string
  /** A given key source, which is equal only to itself. */
  readonly source: KeySource | undefined
}

export function identityOf(rules: PreparedJwtRules, keys: KeysOption | undefined): RulesIdentity {
  const source = keys !== undefined && 'keysFor' in keys ? keys : undefined
  const { audience, algorithms, profile, requiredClaims, clockToleranceSeconds, maxTokenAgeSeconds } = rules
  const members = [audience, algorithms, profile, requiredClaims, clockToleranceSeconds, maxTokenAgeSeconds]
  return { text: JSON.stringify(source === undefined ? [...members, keys] : members), source }
}

export function isSameIdentity(one: RulesIdentity, other: RulesIdentity): boolean {
  return one.text === other.text && one.source === other.source
}
