import type { ClaimsSchemaIssue, IssuerContract } from '../contract.js'
import type { Laxity } from '../laxity.js'
import { allowsScope, openIdScopes, parseScope } from './scope.js'

/** How a token breaks the contract, and what a developer can do about it. */
export interface ContractBreach {
  readonly message: string
  readonly fix: string
}

/**
 * Checks the claims of an access token: its scopes are known, the claims that they require are there, and the schema is content. Under the
 * laxity `scope-unchecked` the schema alone is asked.
 */
export async function findContractBreach(
  contract: IssuerContract,
  claims: Readonly<Record<string, unknown>>,
  lax: ReadonlySet<Laxity> = new Set(),
): Promise<ContractBreach | undefined> {
  const inScopes = lax.has('scope-unchecked') ? undefined : checkScopes(contract, claims)
  return inScopes ?? (await checkSchema(contract, claims))
}

/** The contract's entry for a granted scope, under its own name or a prefix. */
export function declaredScope(contract: IssuerContract, granted: string): string | undefined {
  return Object.keys(contract.scopes).find((declared) => allowsScope(declared, granted))
}

function checkScopes(contract: IssuerContract, claims: Readonly<Record<string, unknown>>): ContractBreach | undefined {
  if (claims['scope'] === undefined) return undefined
  const scopes = typeof claims['scope'] === 'string' ? parseScope(claims['scope']) : undefined
  if (scopes === undefined) {
    return breach('The claim "scope" is not a string of scope names separated by single spaces.', 'Write it as "orders_read orders_write"')
  }
  for (const scope of scopes) {
    const found = checkScope(contract, scope, claims)
    if (found !== undefined) return found
  }
  return undefined
}

function checkScope(contract: IssuerContract, scope: string, claims: Readonly<Record<string, unknown>>): ContractBreach | undefined {
  const declared = declaredScope(contract, scope)
  if (declared === undefined) {
    if (openIdScopes.includes(scope)) return undefined
    if (Object.hasOwn(contract.scopes, scope)) {
      return breach(`"${scope}" stands for a family of scopes.`, `Give a token one of its values, such as "${scope.replace('*', '123')}"`)
    }
    const known = Object.keys(contract.scopes).join(', ')
    return breach(`The contract for "${contract.audience}" has no scope "${scope}".`, `Use one of its scopes (${known}), or add it there`)
  }
  const missing = contract.scopes[declared]?.claims?.find((claim) => !hasValue(claims, claim))
  if (missing === undefined) return undefined
  return breach(`The scope "${scope}" requires the claim "${missing}", which the token would not have.`, `Give "${missing}" a value`)
}

// A claim may be named like a member that every object inherits.
function hasValue(claims: Readonly<Record<string, unknown>>, claim: string): boolean {
  return Object.hasOwn(claims, claim) && claims[claim] !== undefined && claims[claim] !== null
}

async function checkSchema(contract: IssuerContract, claims: Readonly<Record<string, unknown>>): Promise<ContractBreach | undefined> {
  const result = await contract.claims?.['~standard'].validate(claims)
  if (result?.issues === undefined || result.issues.length === 0) return undefined
  const issues = result.issues.map(formatIssue).join('; ')
  return breach(`The claims do not satisfy the schema of the contract for "${contract.audience}": ${issues}.`, 'Correct these claims')
}

function formatIssue({ path = [], message }: ClaimsSchemaIssue): string {
  const claim = path.map((part) => String(typeof part === 'object' ? part.key : part)).join('.')
  return claim === '' ? message : `"${claim}": ${message}`
}

function breach(message: string, fix: string): ContractBreach {
  return { message, fix: `${fix}; or say { breakContract: true } to issue the token all the same.` }
}
