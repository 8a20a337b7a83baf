import { ConfigurationError, isThenable } from '@bailiwick/protocol'
import { allowed, denied } from './decision.js'
import type { Decision, Denied, Undecided } from './decision.js'
import type { Guard, GuardContext, NeededByAll, ProvenByAll, ProvenByAny } from './guard.js'
import type { GuardDescription } from './guard-description.js'
import { bindLikeParts } from './internal/bound-contracts.js'
import { defineGuard, requireGuard } from './internal/define-guard.js'
import { completeDenialFor } from './internal/complete-denial.js'
import { summarizeDenials } from './internal/summarize-denials.js'
import type { Principal } from './principal.js'

type AnyGuard = Guard<never>
type GuardList = readonly [AnyGuard, ...AnyGuard[]]

/**
 * Requires every guard, in order: the first that does not allow decides, and those after it are not asked.
 *
 * @returns a guard that denies as the first failing guard does. If that is for want of scope, the challenge lists the scopes of
 *   all its `scope` guards, so that a client need not ask twice (and likewise of `acr` and `maxAuthenticationAge`); alternatives
 *   (`anyScope`, `anyOf`) are listed only if they failed.
 * @throws {ConfigurationError} no guard
 */
export function allOf<const Guards extends GuardList>(...guards: Guards): Guard<NeededByAll<Guards>, ProvenByAll<Guards>> {
  requireGuards('allOf', guards)
  const complete = completeDenialFor(guards.map(({ description }) => description))

  const evaluateFrom = (start: number, principal: Principal<never>, context: GuardContext): Decision | Promise<Decision> => {
    for (let index = start; index < guards.length; index++) {
      const decision = (guards[index] as AnyGuard).evaluate(principal, context)
      if (isThenable(decision)) return Promise.resolve(decision).then((settled) => continueAfter(settled, index, principal, context))
      if (decision.kind !== 'allowed') return decision.kind === 'denied' ? complete(decision, index) : decision
    }
    return allowed
  }
  const continueAfter = (settled: Decision, index: number, principal: Principal<never>, context: GuardContext) => {
    if (settled.kind === 'allowed') return evaluateFrom(index + 1, principal, context)
    return settled.kind === 'denied' ? complete(settled, index) : settled
  }
  return combine({ guard: 'allOf', guards: guards.map(({ description }) => description) }, guards, (principal, context) =>
    evaluateFrom(0, principal, context),
  )
}

/**
 * Requires one of the guards. They are asked in order, until one allows.
 *
 * @returns a guard that denies as the first alternative that more scope or another login would satisfy (so the challenge says
 *   what *it* needs), or else as the first. If none allows and one could not decide, neither can this guard: the answer might
 *   have been yes.
 * @throws {ConfigurationError} no guard
 */
export function anyOf<const Guards extends GuardList>(...guards: Guards): Guard<NeededByAll<Guards>, ProvenByAny<Guards>> {
  requireGuards('anyOf', guards)

  const evaluateFrom = (
    start: number,
    refused: (Denied | Undecided)[],
    principal: Principal<never>,
    context: GuardContext,
  ): Decision | Promise<Decision> => {
    for (let index = start; index < guards.length; index++) {
      const decision = (guards[index] as AnyGuard).evaluate(principal, context)
      if (isThenable(decision)) {
        return Promise.resolve(decision).then((settled) => {
          if (settled.kind === 'allowed') return allowed
          refused.push(settled)
          return evaluateFrom(index + 1, refused, principal, context)
        })
      }
      if (decision.kind === 'allowed') return allowed
      refused.push(decision)
    }
    return summarizeDenials(refused)
  }
  return combine({ guard: 'anyOf', guards: guards.map(({ description }) => description) }, guards, (principal, context) =>
    evaluateFrom(0, [], principal, context),
  )
}

/**
 * Requires that a guard denies. Proves nothing of the claims.
 *
 * Only a real "no" is turned round. Where the guard cannot decide, or cannot be met where it is mounted (no such path parameter),
 * `not` gives the same answer: an outage or a mistake never becomes an "allow". An absent claim is a real "no": negate only
 * claims that the schema of the contract keeps.
 *
 * @returns a guard that denies with `forbidden`
 * @throws {ConfigurationError} something that is no guard
 */
export function not<Needs>(guard: Guard<Needs>): Guard<Needs> {
  requireGuards('not', [guard])
  const denial = denied('forbidden', 'the negated guard is satisfied')
  const turnRound = (decision: Decision): Decision => {
    if (decision.kind === 'allowed') return denial
    if (decision.kind === 'denied') return decision.code === 'misconfigured' ? decision : allowed
    return decision
  }
  return bindLikeParts(
    defineGuard({ guard: 'not', negated: guard.description }, (principal, context) => {
      const decision = guard.evaluate(principal, context)
      return isThenable(decision) ? Promise.resolve(decision).then(turnRound) : turnRound(decision)
    }),
    [guard],
  )
}

/** What the parts need and prove together is worked out by the signature: inside, a guard is asked about any principal. */
function combine<Needs, Proves>(
  description: GuardDescription,
  guards: readonly AnyGuard[],
  evaluate: AnyGuard['evaluate'],
): Guard<Needs, Proves> {
  const combination: unknown = bindLikeParts(defineGuard(description, evaluate), guards)
  return combination as Guard<Needs, Proves>
}

function requireGuards(combinator: string, guards: readonly AnyGuard[]): void {
  if (guards.length === 0) throw new ConfigurationError(`${combinator}() needs at least one guard.`)
  for (const guard of guards) requireGuard(combinator, guard)
}
