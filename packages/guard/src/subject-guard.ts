import { allowed, denied } from './decision.js'
import type { Guard } from './guard.js'
import { defineGuard } from './internal/define-guard.js'
import { parseParamName, readParam } from './internal/path-param.js'

/** What the subject can be put to. */
export interface SubjectGuards<in Needs = unknown> {
  /**
   * The principal is a user, and its `sub` is the value of a path parameter: behind `subject().equalsParam('id')`, a user reaches
   * `/users/:id` for themselves alone. Compared exactly, character by character, after the router's decoding.
   *
   * @throws {ConfigurationError} a name that is no path parameter's
   */
  readonly equalsParam: (param: string) => Guard<Needs>
}

/**
 * Compares the subject of the token, `principal.sub`. The claims schema need not have it, and is not asked.
 *
 * Machines never match, nor does a principal without `sub`: a machine's `sub` is a client id, and a client that was registered
 * under the id of a user would otherwise pass for that user. What is a machine, the contract says (`isMachine`). The issuer
 * is not compared: where a verifier accepts several, one `sub` may name two users.
 *
 * @example
 * const selfOrManager = anyOf(subject().equalsParam('id'), role('manager'))
 *
 * @returns comparisons whose guards deny with `forbidden`
 * @see {@link https://www.rfc-editor.org/rfc/rfc9700#section-4.15 RFC 9700 §4.15} (clients that impersonate users)
 */
export function subject(): SubjectGuards {
  return SUBJECT_GUARDS
}

const SUBJECT_GUARDS: SubjectGuards = Object.freeze({
  equalsParam: (param: string) => {
    const name = parseParamName(param)
    const machine = denied('forbidden', 'the principal is a machine, and no user')
    const different = denied('forbidden', `the subject is not the path parameter "${name}"`)
    return defineGuard({ guard: 'subject', is: 'equalsParam', param: name }, ({ kind, sub }, { params }) => {
      const value = readParam(params, name)
      if (typeof value !== 'string') return value
      if (kind !== 'user') return machine
      return sub === value ? allowed : different
    })
  },
})
