import { ConfigurationError, isThenable } from '@bailiwick/protocol'
import { allowed, denied, undecided } from './decision.js'
import type { Decision } from './decision.js'
import type { Guard, GuardContext } from './guard.js'
import { defineGuard } from './internal/define-guard.js'
import type { Principal } from './principal.js'

/** A rule in code. It must answer with a boolean; a promise of one makes the guard asynchronous. */
export type CheckFunction<Claims> = (principal: Principal<Claims>, context: GuardContext) => boolean | Promise<boolean>

/**
 * A rule in code, under a name that stands for it in events and explanations. `true` allows and `false` denies with
 * `forbidden`; the response does not name the check.
 *
 * Anything else is "cannot decide" and leads to 503, also under {@link not}: a check that throws or rejects, or that answers
 * with something other than a boolean. A check that never settles is ended by the resource server's `authorizationTimeoutMs`;
 * called outside of one, the guard waits for it.
 *
 * @example
 * check('during office hours', () => new Date().getUTCHours() >= 8)
 *
 * @throws {ConfigurationError} no name or no function
 */
export function check<Claims = unknown>(name: string, decide: CheckFunction<Claims>): Guard<Claims> {
  if (typeof name !== 'string' || name === '') throw new ConfigurationError('check() needs a name: events and explanations show it.')
  if (typeof decide !== 'function') throw new ConfigurationError(`check("${name}") needs a function that answers with true or false.`)
  const denial = denied('forbidden', `the check "${name}" said no`)

  const judge = (answer: unknown): Decision => {
    if (answer === true) return allowed
    if (answer === false) return denial
    return undecided(`the check "${name}" answered with ${answer === null ? 'null' : typeof answer}: return true or false`)
  }
  const fail = (cause: unknown): Decision => undecided(`the check "${name}" failed`, cause)

  return defineGuard({ guard: 'check', name }, (principal, context) => {
    try {
      const answer: unknown = decide(principal, context)
      return isThenable(answer) ? Promise.resolve(answer).then(judge, fail) : judge(answer)
    } catch (cause) {
      return fail(cause)
    }
  })
}
