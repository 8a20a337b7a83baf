import type { StandardSchemaV1 } from '@standard-schema/spec'
import type { VerifiedAccessToken } from '@bailiwick/protocol'
import { check } from './check-guard.js'
import type { CheckFunction } from './check-guard.js'
import type { ClaimGuards } from './claim-guard.js'
import type { ClaimPathOf } from './claim-proof.js'
import type { ContractDefinition, ScopeDefinition } from './contract-definition.js'
import type { ContractReading } from './contract-reading.js'
import type { Guard } from './guard.js'
import type { Immutable } from './immutable.js'
import { bindToContract } from './internal/bound-contracts.js'
import { createClaimGuards } from './internal/claim-comparisons.js'
import { validateContract } from './internal/contract-validation.js'
import { createPrincipalMapper } from './internal/principal-mapper.js'
import { readOnce } from './internal/read-once.js'
import { createScopeCatalog } from './internal/scope-catalog.js'
import { createAnyScopeGuard, createScopeGuard } from './internal/scope-requirements.js'
import { unknownRole, unknownScope } from './internal/unknown-name.js'
import type { UncheckedClaims } from './principal.js'
import { permission, role } from './role-guard.js'
import type { PrefixScopeGuard, ScopeGuardFor } from './scope-guard.js'
import type { ProvenByScope, ProvenByScopes, RequirementsOf, ScopeNames, ScopeRequirements } from './scope-proof.js'
import { subject } from './subject-guard.js'
import type { SubjectGuards } from './subject-guard.js'

/** The part of a contract that a resource server works with: what to expect of a token, and what to make of it. */
export interface TokenContract<Claims> {
  /** The `aud` of the API's access tokens, as it was defined. */
  readonly audience: string
  /** The scopes, as they were defined. The object has no prototype, so that only scopes can be found in it. */
  readonly scopes: Readonly<Record<string, ScopeDefinition>>
  /** What each role may do, as it was defined, without prototype. */
  readonly permissions: Readonly<Record<string, readonly string[]>>
  /** The schema of the claims; `undefined` when the contract has none. */
  readonly claims: StandardSchemaV1 | undefined
  /** Whether tokens may list permissions of their own, so that not all of them are known here. */
  readonly hasPermissionClaim: boolean
  /**
   * Reads a verified token as this contract: the principal, or how the token breaks the contract. The same token object is read
   * once. It gives a promise only if the schema did, and throws or rejects only if the schema or a function of the contract
   * does.
   */
  readonly read: (token: VerifiedAccessToken) => ContractReading<Claims> | Promise<ContractReading<Claims>>
}

/**
 * What an API expects of its access tokens, and the guards that speak its names: those of unknown scopes, claims, roles and
 * permissions do not compile. Guards made here narrow the claims by what their scopes require, so they work only on a
 * resource server with this very contract.
 *
 * The methods do not use `this`: take them apart as you like.
 *
 * @typeParam Claims the claims of a principal, as the schema gives them
 * @typeParam Scopes which claims each scope requires
 */
export interface Contract<
  Claims,
  Scopes extends ScopeRequirements,
  Role extends string,
  Permission extends string,
> extends TokenContract<Claims> {
  /** Requires every listed scope; a prefix scope with any value, or with that of a path parameter. See {@link scope}. */
  scope<const Names extends ScopeNames<Scopes>>(...names: Names): ScopeGuardFor<Names, Claims, ProvenByScopes<Claims, Scopes, Names>>
  /** Requires one of the listed scopes. See {@link anyScope}. */
  anyScope<const Names extends ScopeNames<Scopes>>(...names: Names): Guard<Claims, ProvenByScope<Claims, Scopes, Names[number]>>
  /** Requires a role of the contract's `permissions`, or any role if it has no such member. See {@link role}. */
  role(name: Role): Guard<Claims>
  /** Requires a permission. See {@link permission}. */
  permission(name: Permission): Guard<Claims>
  /** Compares the subject of the token. See {@link subject}. */
  subject(): SubjectGuards<Claims>
  /** Compares a claim. See {@link claim}. */
  claim<const Path extends ClaimPathOf<Claims>>(path: Path): ClaimGuards<Claims, Claims, Path>
  /** A rule in code. See {@link check}. */
  check(name: string, decide: CheckFunction<Claims>): Guard<Claims>
}

/** The claims of a contract's principals: `ClaimsOf<typeof orders>`. */
export type ClaimsOf<C> = C extends TokenContract<infer Claims> ? Claims : never

/** Members of a scope that are none, so that a slip such as `claim` for `claims` does not compile. */
type WithoutUnknownMembers<Scopes> = {
  readonly [Name in keyof Scopes]: { readonly [Member in Exclude<keyof Scopes[Name], keyof ScopeDefinition>]: never }
}

/**
 * Defines what an API expects of its access tokens, once, for the API, its tests and its documentation.
 *
 * It does not verify tokens and does not check the audience: give `contract.audience` to the verifier.
 *
 * @example
 * const orders = defineContract({
 *   audience: 'orders-api',
 *   claims: z.object({ account_nr: z.string().optional(), roles: z.array(z.string()).default([]) }),
 *   scopes: {
 *     orders_read: { description: 'Read the orders of an account', claims: ['account_nr'] },
 *     'payment:*': { description: 'One payment, by id' },
 *   },
 *   permissions: { clerk: ['order:read'], manager: ['order:read', 'order:refund'] },
 * })
 *
 * @throws {ConfigurationError} naming the member and the fix: an empty audience, a name that is no scope (RFC 6749 §3.3), two
 *   scopes that one granted scope could satisfy, a permission that is no name, a location that leads nowhere, an unknown member
 */
export function defineContract<
  Claims = UncheckedClaims,
  const Scopes extends Readonly<Record<string, ScopeDefinition<Extract<keyof Claims, string>>>> = Readonly<
    Record<string, ScopeDefinition<never>>
  >,
  const Permissions extends Readonly<Record<string, readonly string[]>> = Readonly<Record<string, readonly string[]>>,
>(
  definition: ContractDefinition<Claims, Scopes & WithoutUnknownMembers<Scopes>, Permissions>,
): Contract<Immutable<Claims>, RequirementsOf<Scopes>, keyof Permissions & string, Permissions[keyof Permissions][number]> {
  const declarations = validateContract(definition)
  const catalog = createScopeCatalog(Object.keys(declarations.scopes))
  const bind = <G extends object>(guard: G): G => bindToContract(guard, contract)
  const requireDefined = (names: readonly string[]): void => {
    const unknownName = names.find((name) => !catalog.canRequire(name))
    if (unknownName !== undefined) throw unknownScope(unknownName, declarations)
  }

  const contract = Object.freeze({
    ...declarations,
    hasPermissionClaim: definition.locations?.permissions !== undefined,
    read: readOnce(createPrincipalMapper<Immutable<Claims>>(declarations, definition)),
    scope: (...names: readonly string[]) => {
      requireDefined(names)
      // The signature of the method says for which names there is an `equalsParam`: exactly where there is one.
      return createScopeGuard(names, bind) as PrefixScopeGuard<unknown, never>
    },
    anyScope: (...names: readonly string[]) => {
      requireDefined(names)
      return bind(createAnyScopeGuard(names))
    },
    role: (name: string) => {
      if (definition.permissions !== undefined && !Object.hasOwn(declarations.permissions, name)) throw unknownRole(name, declarations)
      return bind(role(name))
    },
    permission: (name: string) => bind(permission(name)),
    subject: () => Object.freeze({ equalsParam: (param: string) => bind(subject().equalsParam(param)) }),
    claim: (path: string) => createClaimGuards(path, bind),
    check: (name: string, decide: CheckFunction<Immutable<Claims>>) => bind(check(name, decide)),
  })
  return contract
}
