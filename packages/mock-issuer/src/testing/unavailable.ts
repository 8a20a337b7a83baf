import type { HttpAnswer } from './http-answer.js'
import { refuseUnknown } from './internal/known-expectations.js'
import { insist, judge, readAnswer } from './internal/verdict.js'
import type { AnswerFacts, Verdict } from './internal/verdict.js'

/** What a 503 is to say. */
export interface UnavailableExpectation {
  /** Exactly this number of seconds. Default: any `Retry-After` that is well-formed. */
  readonly retryAfterSeconds?: number
}

const httpDate = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d{2}:\d{2}:\d{2} GMT$/

/**
 * Checks that an answer is a 503 with a `Retry-After` and without a challenge: nobody could say whether the token is good, which is no
 * reason for a client to throw it away. Does not look at the body.
 *
 * @throws an `AssertionError` that says what is wrong and shows the answer
 * @throws {MockIssuerError} `invalid_option`, for an expectation that there is not
 * @see {@link https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3 RFC 9110 §10.2.3}
 *
 * @example
 * import { checkUnavailable } from '@bailiwick/mock-issuer/testing'
 *
 * checkUnavailable(new Response(null, { status: 503, headers: { 'retry-after': '5' } }))
 */
export function checkUnavailable(answer: HttpAnswer, expected: UnavailableExpectation = {}): void {
  insist(judgeUnavailable(answer, expected))
}

/** As `checkUnavailable`, without throwing: for matchers. */
export function judgeUnavailable(answer: HttpAnswer, expected: UnavailableExpectation = {}): Verdict {
  refuseUnknown(expected, ['retryAfterSeconds'])
  const facts = readAnswer(answer)
  const { retryAfterSeconds } = expected
  const wanted = retryAfterSeconds === undefined ? 'unavailable' : `unavailable for ${retryAfterSeconds} seconds`
  return judge(wanted, facts, findProblem(facts, retryAfterSeconds))
}

function findProblem({ status, retryAfter, authenticate }: AnswerFacts, seconds: number | undefined): string | undefined {
  if (status !== 503) return `the status is ${status}, and not 503`
  if (authenticate !== undefined) return 'there is a challenge, which asks for another token'
  if (retryAfter === undefined) return 'there is no Retry-After'
  if (!/^\d+$/.test(retryAfter) && !httpDate.test(retryAfter)) return 'its Retry-After is neither seconds nor a date'
  return seconds === undefined || retryAfter === String(seconds) ? undefined : `its Retry-After is ${retryAfter}`
}
