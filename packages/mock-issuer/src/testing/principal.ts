import { MockIssuerError } from '../mock-issuer-error.js'

/** A principal as `@bailiwick/guard` has it. */
export interface FakePrincipal<Claims> {
  readonly kind: 'user' | 'machine'
  readonly sub: string | undefined
  readonly clientId: string | undefined
  readonly issuer: string
  readonly expiresAt: number
  readonly acr: string | undefined
  readonly authenticatedAt: number | undefined
  readonly scopes: readonly string[]
  readonly roles: readonly string[]
  readonly permissions: readonly string[]
  readonly claims: Claims
}

/** Who the fake is. */
export interface PrincipalOptions {
  /** Default `john`; `undefined` for a token that names nobody. */
  readonly sub?: string | undefined
  /** Default `app`. A `sub` that is the client makes the principal a machine. */
  readonly clientId?: string | undefined
  /** Default `http://localhost/mock-issuer`. */
  readonly issuer?: string
  /** In seconds since the epoch. Default: the year 2100, so that fakes do not depend on the time. */
  readonly expiresAt?: number
  /** The authentication context class of the login. Default: the token does not say. */
  readonly acr?: string
  /** When the user logged in, in seconds since the epoch. Default: the token does not say. */
  readonly authenticatedAt?: number
  /** Default: none. */
  readonly scopes?: readonly string[]
  /** Default: none. */
  readonly roles?: readonly string[]
}

/** A fake without a contract: its claims are taken as they are, and nothing is derived. */
export interface FreePrincipalOptions<Claims> extends PrincipalOptions {
  /** There is none: for what a contract makes of a token see `ContractPrincipalOptions`. */
  readonly contract?: undefined
  /** Default: none; roles stand for nothing without a contract. */
  readonly permissions?: readonly string[]
  /** As a handler is to see them. Default: none. */
  readonly claims?: Claims
}

/** A fake of a contract: what the contract makes of a token with these claims. */
export interface ContractPrincipalOptions<Result> extends PrincipalOptions {
  /** What `defineContract` of `@bailiwick/guard` returns. */
  readonly contract: PrincipalContract<Result>
  /** Claims as they would be issued, before the schema. `roles` at another place than usual go here too. */
  readonly claims?: Readonly<Record<string, unknown>>
}

/** The part of a contract of `@bailiwick/guard` that is used here: it reads tokens. */
export interface PrincipalContract<Result> {
  readonly read: (token: FakeToken) => PrincipalReading<Result> | Promise<PrincipalReading<Result>>
}

/** What a contract makes of a token. */
export type PrincipalReading<Result> =
  | { readonly kind: 'principal'; readonly principal: Result }
  | { readonly kind: 'broken'; readonly breach: { readonly reason: string } }

/** A verified token, as a contract reads it. */
export interface FakeToken {
  readonly issuer: string
  readonly expiresAt: number
  readonly claims: Readonly<Record<string, unknown>>
}

const year2100 = Date.UTC(2100, 0, 1) / 1000

/**
 * Makes a principal for unit tests of handlers and guards, without a token. With a `contract` it is just what that makes of a token
 * with these claims: its schema is asked, permissions follow from roles, and the type is that of the contract's principals.
 *
 * @throws {MockIssuerError} `contract_broken` when a token like this would break the contract or a scope is not in it,
 *   `invalid_option` when the contract's schema is asynchronous
 *
 * @example
 * import { principal } from '@bailiwick/mock-issuer/testing'
 *
 * const john = principal({ sub: 'john', scopes: ['orders_read'], claims: { account_nr: '42' } })
 * console.log(john.claims.account_nr) // 42
 */
export function principal<Result extends { readonly scopes: readonly string[] }>(options: ContractPrincipalOptions<Result>): Result
export function principal<const Claims extends object = Readonly<Record<string, never>>>(
  options?: FreePrincipalOptions<Claims>,
): FakePrincipal<Claims>
export function principal(
  options: ContractPrincipalOptions<{ readonly scopes: readonly string[] }> | FreePrincipalOptions<object> = {},
): object {
  return options.contract === undefined ? freePrincipal(options) : contractPrincipal(options.contract, options)
}

function freePrincipal(options: FreePrincipalOptions<object>): FakePrincipal<object> {
  const { sub, clientId } = identity(options)
  return {
    kind: sub === undefined || sub === clientId ? 'machine' : 'user',
    sub,
    clientId,
    issuer: options.issuer ?? 'http://localhost/mock-issuer',
    expiresAt: options.expiresAt ?? year2100,
    acr: options.acr,
    authenticatedAt: options.authenticatedAt,
    scopes: options.scopes ?? [],
    roles: options.roles ?? [],
    permissions: options.permissions ?? [],
    claims: options.claims ?? {},
  }
}

function contractPrincipal<Result extends { readonly scopes: readonly string[] }>(
  contract: PrincipalContract<Result>,
  options: PrincipalOptions & { readonly claims?: object },
): Result {
  const { issuer, expiresAt, sub, clientId, acr, authenticatedAt, scopes, roles } = freePrincipal(options)
  const standard = { sub, client_id: clientId, acr, auth_time: authenticatedAt, ...(roles.length === 0 ? {} : { roles }) }
  const issued = Object.entries({ ...standard, scope: scopes.join(' '), ...options.claims }).filter(([, value]) => value !== undefined)
  const reading = contract.read({ issuer, expiresAt, claims: Object.fromEntries(issued) })
  if (!('kind' in reading)) {
    throw new MockIssuerError(
      'invalid_option',
      'The schema of this contract is asynchronous, and a principal is made at once. Leave "contract" out, or await contract.read() yourself.',
    )
  }
  if (reading.kind === 'broken') throw new MockIssuerError('contract_broken', `No such principal: ${reading.breach.reason}.`)
  const unknown = scopes.find((name) => !reading.principal.scopes.includes(name))
  if (unknown !== undefined)
    throw new MockIssuerError('contract_broken', `No such principal: the contract does not define the scope "${unknown}".`)
  return reading.principal
}

// What is left out has a default, what is set to undefined is not there.
function identity(options: PrincipalOptions): { sub: string | undefined; clientId: string | undefined } {
  return { sub: 'sub' in options ? options.sub : 'john', clientId: 'clientId' in options ? options.clientId : 'app' }
}
