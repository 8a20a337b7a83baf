import type { HttpAnswer } from './http-answer.js'
import { parseChallenges } from './internal/challenges.js'
import { refuseUnknown } from './internal/known-expectations.js'
import { findChallengeProblem } from './internal/token-challenges.js'
import { insist, judge, readAnswer } from './internal/verdict.js'
import type { AnswerFacts, Verdict } from './internal/verdict.js'

/** What a 403 is to say. */
export interface ForbiddenExpectation {
  /**
   * The scopes that the operation needs, in any order: the challenge must say `insufficient_scope` and name these, no more and no fewer.
   * Default: not looked at, and there need be no challenge.
   */
  readonly scope?: string | readonly string[]
}

/**
 * Checks that an answer is a 403, and what scopes it asks for. A challenge, if there is one, must be well-formed to the letter. Does not
 * look at the body.
 *
 * @throws an `AssertionError` that says what is wrong and shows the answer
 * @throws {MockIssuerError} `invalid_option`, for an expectation that there is not
 * @see {@link https://www.rfc-editor.org/rfc/rfc6750#section-3.1 RFC 6750 §3.1}
 *
 * @example
 * import { checkForbidden } from '@bailiwick/mock-issuer/testing'
 *
 * const challenge = 'Bearer error="insufficient_scope", scope="orders_read"'
 * const answer = new Response(null, { status: 403, headers: { 'www-authenticate': challenge } })
 * checkForbidden(answer, { scope: 'orders_read' })
 */
export function checkForbidden(answer: HttpAnswer, expected: ForbiddenExpectation = {}): void {
  insist(judgeForbidden(answer, expected))
}

/** As `checkForbidden`, without throwing: for matchers. */
export function judgeForbidden(answer: HttpAnswer, expected: ForbiddenExpectation = {}): Verdict {
  refuseUnknown(expected, ['scope'])
  const facts = readAnswer(answer)
  const { scope } = expected
  const wanted = typeof scope === 'string' ? scope.split(' ') : scope
  const problem = facts.status === 403 ? findProblem(facts, wanted) : `the status is ${facts.status}, and not 403`
  return judge(wanted === undefined ? 'forbidden' : `forbidden for want of the scope "${wanted.join(' ')}"`, facts, problem)
}

function findProblem(facts: AnswerFacts, wanted: readonly string[] | undefined): string | undefined {
  if (wanted === undefined && facts.authenticate === undefined) return undefined
  const parsed = parseChallenges(facts.authenticate ?? '')
  if (wanted === undefined) return 'fault' in parsed ? `its WWW-Authenticate is malformed: ${parsed.fault}` : undefined
  const problem = findChallengeProblem(facts, { error: 'insufficient_scope' })
  if (problem !== undefined || 'fault' in parsed) return problem
  const named = parsed.challenges
    .filter(({ params }) => params.get('error') === 'insufficient_scope')
    .map(({ params }) => params.get('scope'))
  if (named.some((list) => list !== undefined && sameScopes(list.split(' '), wanted))) return undefined
  return `it asks for ${named.map((list) => (list === undefined ? 'no scope' : `"${list}"`)).join(' and ')}`
}

function sameScopes(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.toSorted().join(' ') === right.toSorted().join(' ')
}
