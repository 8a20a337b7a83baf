import type { ClaimsSchemaIssue, IssuerContract } from '../contract.js'
import type { Laxity } from '../laxity.js'
import { createAllowedScopes } from './allowed-scopes.js'
import type { AllowedScopes } from './allowed-scopes.js'
import { openIdScopes, parseScope } from './scope.js'

/** How a token breaks the contract, and what a developer can do about it. */
export interface ContractBreach {
  readonly message: string
  readonly fix: string
  /** Every claim that a scope of the token requires and the token would not have. */
  readonly lacking?: readonly LackingClaim[]
}

/** A claim that a granted scope requires. */
export interface LackingClaim {
  readonly scope: string
  readonly claim: string
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

// A contract does not change while it is used, and may have thousands of scopes.
const prepared = new WeakMap<IssuerContract['scopes'], AllowedScopes>()

/** The contract's entry for a granted scope, under its own name or a prefix: the first that allows it. */
export function declaredScope({ scopes }: IssuerContract, granted: string): string | undefined {
  const known = prepared.get(scopes) ?? createAllowedScopes(Object.keys(scopes))
  prepared.set(scopes, known)
  return known.find(granted)
}

function checkScopes(contract: IssuerContract, claims: Readonly<Record<string, unknown>>): ContractBreach | undefined {
  if (claims['scope'] === undefined) return undefined
  const scopes = typeof claims['scope'] === 'string' ? parseScope(claims['scope']) : undefined
  if (scopes === undefined) {
    return breach('The claim "scope" is not a string of scope names separated by single spaces.', 'Write it as "orders_read orders_write"')
  }
  for (const scope of scopes) {
    const found = checkIsKnown(contract, scope)
    if (found !== undefined) return found
  }
  return checkRequiredClaims(contract, scopes, claims)
}

function checkIsKnown(contract: IssuerContract, scope: string): ContractBreach | undefined {
  if (declaredScope(contract, scope) !== undefined || openIdScopes.includes(scope)) return undefined
  if (Object.hasOwn(contract.scopes, scope)) {
    return breach(`"${scope}" stands for a family of scopes.`, `Give a token one of its values, such as "${scope.replace('*', '123')}"`)
  }
  const known = Object.keys(contract.scopes).join(', ')
  return breach(`The contract for "${contract.audience}" has no scope "${scope}".`, `Use one of its scopes (${known}), or add it there`)
}

function checkRequiredClaims(
  contract: IssuerContract,
  scopes: readonly string[],
  claims: Readonly<Record<string, unknown>>,
): ContractBreach | undefined {
  const lacking = scopes.flatMap((scope) =>
    requiredClaims(contract, scope)
      .filter((claim) => !hasValue(claims, claim))
      .map((claim) => ({ scope, claim })),
  )
  const [first] = lacking
  if (first === undefined) return undefined
  const message = `The scope "${first.scope}" requires the claim "${first.claim}", which the token would not have.`
  return { ...breach(message, `Give "${first.claim}" a value`), lacking }
}

/** The claims that a token with a granted scope must have. */
export function requiredClaims(contract: IssuerContract, granted: string): readonly string[] {
  const declared = declaredScope(contract, granted)
  return (declared === undefined ? undefined : contract.scopes[declared]?.claims) ?? []
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
