import type { StandardSchemaV1 } from '@standard-schema/spec'
import { ConfigurationError } from '@bailiwick/protocol'
import type { ContractDefinition, ScopeDefinition } from '../contract-definition.js'
import { parsePrefixScope } from './prefix-scope.js'
import { deepFreeze } from './deep-freeze.js'

/** The declarations of a contract, checked, copied and frozen. */
export interface ContractDeclarations {
  readonly audience: string
  readonly scopes: Readonly<Record<string, ScopeDefinition>>
  readonly permissions: Readonly<Record<string, readonly string[]>>
  readonly claims: StandardSchemaV1 | undefined
}

type AnyDefinition = ContractDefinition<unknown, Readonly<Record<string, ScopeDefinition>>, Readonly<Record<string, readonly string[]>>>

const MEMBERS = ['audience', 'claims', 'scopes', 'permissions', 'locations', 'isMachine']
const LOCATION_MEMBERS = ['scopes', 'roles', 'permissions']
const SCOPE_MEMBERS = ['description', 'claims']

/** @throws {ConfigurationError} naming the member and the fix */
export function validateContract(definition: AnyDefinition): ContractDeclarations {
  requireObject('a contract', definition)
  requireKnownMembers('a contract', definition, MEMBERS)
  const { audience, claims, scopes, permissions = {}, locations = {}, isMachine } = definition
  requireObject('locations', locations)
  requireKnownMembers('locations', locations, LOCATION_MEMBERS)
  if (typeof audience !== 'string' || audience.trim() === '') {
    throw new ConfigurationError('audience must be the "aud" of your access tokens, such as "orders-api".')
  }
  if (claims !== undefined && typeof claims?.['~standard']?.validate !== 'function') {
    throw new ConfigurationError('claims must be a Standard Schema, such as z.object({ … }).')
  }
  if (isMachine !== undefined && typeof isMachine !== 'function') {
    throw new ConfigurationError('isMachine must be a function of the claims that answers with true or false.')
  }
  return { audience, scopes: validateScopes(scopes), permissions: validatePermissions(permissions), claims }
}

function validateScopes(scopes: Readonly<Record<string, ScopeDefinition>>): Readonly<Record<string, ScopeDefinition>> {
  requireObject('scopes', scopes)
  const entries = Object.entries(scopes).map(([name, definition]): [string, ScopeDefinition] => {
    parsePrefixScope(name)
    const member = `scopes[${JSON.stringify(name)}]`
    requireObject(member, definition)
    requireKnownMembers(member, definition, SCOPE_MEMBERS)
    const { description, claims = [] } = definition
    if (description !== undefined && typeof description !== 'string')
      throw new ConfigurationError(`${member}.description must be a string.`)
    requireNames(`${member}.claims`, claims, 'name the claims, or leave the member out')
    return [name, { ...(description === undefined ? {} : { description }), claims: [...claims] }]
  })
  requireNoOverlap(entries.map(([name]) => name))
  return deepFreeze(withoutPrototype(entries))
}

/** Were `payment:all` a scope beside `payment:*`, a token with it would also hold the payment whose id is "all". */
function requireNoOverlap(names: readonly string[]): void {
  for (const prefixed of names) {
    const prefix = parsePrefixScope(prefixed)
    const other = prefix === undefined ? undefined : names.find((name) => name !== prefixed && name.startsWith(prefix))
    if (other === undefined) continue
    throw new ConfigurationError(`scopes: "${other}" is also a "${prefixed}"; rename one, so that a granted scope has one meaning.`)
  }
}

function validatePermissions(permissions: Readonly<Record<string, readonly string[]>>): Readonly<Record<string, readonly string[]>> {
  requireObject('permissions', permissions)
  const entries = Object.entries(permissions).map(([role, granted]): [string, readonly string[]] => {
    if (role === '') throw new ConfigurationError('permissions: a role needs a name.')
    requireNames(`permissions[${JSON.stringify(role)}]`, granted, 'list what the role may do, or write [] if it carries no permission')
    return [role, [...granted]]
  })
  return deepFreeze(withoutPrototype(entries))
}

function requireNames(member: string, names: readonly string[], fix: string): void {
  const areNames = Array.isArray(names) && names.every((name) => typeof name === 'string' && name !== '')
  if (!areNames) throw new ConfigurationError(`${member} must be an array of names: ${fix}.`)
}

function requireObject(member: string, value: object): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new ConfigurationError(`${member} must be an object.`)
}

function requireKnownMembers(member: string, value: object, known: readonly string[]): void {
  const unknownName = Object.keys(value).find((name) => !known.includes(name))
  if (unknownName === undefined) return
  throw new ConfigurationError(`${member} has no member "${unknownName}": write one of ${known.join(', ')}.`)
}

function withoutPrototype<T>(entries: readonly (readonly [string, T])[]): Record<string, T> {
  const record = Object.create(null) as Record<string, T>
  for (const [name, value] of entries) record[name] = value
  return record
}
