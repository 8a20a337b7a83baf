import { ConfigurationError } from '@bailiwick/protocol'
import type { ContractDeclarations } from './contract-validation.js'

/** What a guard of a contract throws for a scope that the contract does not have. */
export function unknownScope(name: string, { audience, scopes }: ContractDeclarations): ConfigurationError {
  return new ConfigurationError(`the contract "${audience}" has no scope ${JSON.stringify(name)}: it has ${namesOf(scopes)}.`)
}

/** The same for a role. */
export function unknownRole(name: string, { audience, permissions }: ContractDeclarations): ConfigurationError {
  return new ConfigurationError(
    `the contract "${audience}" has no role ${JSON.stringify(name)}: it has ${namesOf(permissions)}. Add it to permissions, with [] if it carries none.`,
  )
}

function namesOf(declared: object): string {
  return Object.keys(declared).join(', ') || 'none'
}
