import { isThenable, withSystemCause } from '@bailiwick/protocol'
import { undecided } from '../decision.js'
import type { Decision } from '../decision.js'
import type { Guard, GuardContext } from '../guard.js'
import type { AuthorizationOutcome } from '../outcome.js'
import type { Principal } from '../principal.js'
import type { Refused } from '../refusal.js'
import { namePrincipal } from './event-reporter.js'
import type { ServerSettings } from './server-options.js'

/** Asks the guard, and turns its decision into an outcome. */
export function createAuthorizer<Claims>(settings: ServerSettings<Claims>, requireFitting: (guard: Guard<Claims>) => void) {
  const { refuse, report, authorizationTimeoutMs, startTimer } = settings

  function authorize(
    principal: Principal<Claims> | undefined,
    guard: Guard<Claims>,
    context: GuardContext,
  ): AuthorizationOutcome<never> | Promise<AuthorizationOutcome<never>> {
    requireFitting(guard)
    if (principal === undefined) return refuseAnonymous(guard, context)
    let decision: Decision
    try {
      const answer = guard.evaluate(principal, context)
      if (isThenable(answer)) return settle(answer).then((settled) => conclude(principal, guard, context, settled))
      decision = answer
    } catch (cause) {
      decision = undecided('the guard threw', cause)
    }
    return conclude(principal, guard, context, decision)
  }

  /** The guard's answer, or "cannot decide" when its time is over. */
  function settle(decision: Promise<Decision>): Promise<Decision> {
    return new Promise((resolve) => {
      const cancel = startTimer(() => resolve(undecided(`no decision within ${authorizationTimeoutMs} ms`)), authorizationTimeoutMs)
      const finish = (settled: Decision): void => {
        cancel()
        resolve(settled)
      }
      Promise.resolve(decision).then(finish, (cause: unknown) => finish(undecided('the guard rejected', cause)))
    })
  }

  function conclude(
    principal: Principal<Claims>,
    { description: guard }: Guard<Claims>,
    { request }: GuardContext,
    decision: Decision,
  ): AuthorizationOutcome<never> {
    if (decision?.kind === 'allowed') {
      report?.(request, { kind: 'allowed', principal: namePrincipal(principal), guard })
      // What the guard proves is the signature's to say: see AnyProof.
      return { kind: 'allowed', principal: principal as Principal<never> }
    }
    if (decision?.kind === 'denied') {
      const { code, reason, scopes, stepUp } = decision
      report?.(request, { kind: 'denied', code, reason, principal: namePrincipal(principal), guard })
      return refuse(code === 'misconfigured' ? 'forbidden' : code, reason, { request, scopes, stepUp })
    }
    const { reason: summary, cause } = decision?.kind === 'undecided' ? decision : undecided('the guard gave no decision')
    const reason = withSystemCause(summary, cause)
    report?.(request, {
      kind: 'unavailable',
      code: 'unavailable',
      reason,
      cause,
      principal: namePrincipal(principal),
      guard,
      tokenFingerprint: undefined,
    })
    return refuse('unavailable', reason)
  }

  function refuseAnonymous({ description: guard }: Guard<Claims>, { request }: GuardContext): Refused {
    const reason = 'the operation needs a principal, and the request is anonymous'
    report?.(request, { kind: 'denied', code: 'credentials_missing', reason, principal: undefined, guard })
    return refuse('credentials_missing', reason, { request })
  }

  return authorize
}
