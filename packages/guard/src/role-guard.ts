import { ConfigurationError } from '@bailiwick/protocol'
import { allowed, denied } from './decision.js'
import type { Guard } from './guard.js'
import { defineGuard } from './internal/define-guard.js'

/**
 * Requires a role, compared exactly. Prefer {@link permission}: a route that names what it does need not change when roles do.
 *
 * @returns a guard that denies with `forbidden`: the response does not name the role
 * @throws {ConfigurationError} an empty name
 */
export function role(name: string): Guard {
  const denial = denied('forbidden', `the principal lacks the role ${named('role', name)}`)
  return defineGuard({ guard: 'role', name }, (principal) => (principal.roles.includes(name) ? allowed : denial))
}

/**
 * Requires a permission, compared exactly: one that a role of the principal stands for in the contract, or that the token
 * lists where the contract says so.
 *
 * @returns a guard that denies with `forbidden`: the response does not name the permission
 * @throws {ConfigurationError} an empty name
 */
export function permission(name: string): Guard {
  const denial = denied('forbidden', `the principal lacks the permission ${named('permission', name)}`)
  return defineGuard({ guard: 'permission', name }, (principal) => (principal.permissions.includes(name) ? allowed : denial))
}

function named(guard: string, name: string): string {
  if (typeof name === 'string' && name !== '') return name
  throw new ConfigurationError(`${guard}() needs the name of a ${guard}, and got ${JSON.stringify(name)}.`)
}
