import type { HttpAnswer } from './http-answer.js'
import { refuseUnknown } from './internal/known-expectations.js'
import { findChallengeProblem } from './internal/token-challenges.js'
import { insist, judge, readAnswer } from './internal/verdict.js'
import type { Verdict } from './internal/verdict.js'

/** What a 401 is to say. */
export interface UnauthorizedExpectation {
  /** The `error` of the challenge, such as `invalid_token`; `null` for none, as it is for a request without a token. Default: any. */
  readonly error?: string | null
  /** The scheme of the challenge. Default: `Bearer` or `DPoP`. */
  readonly scheme?: string
  /** Further parameters that the challenge must have, by lower-case name: `{ acr_values: 'urn:example:mfa' }`. Default: none. */
  readonly params?: Readonly<Record<string, string>>
}

/**
 * Checks that an answer is a 401 with a challenge for access tokens, which is well-formed to the letter. Does not look at the body.
 *
 * @throws an `AssertionError` that says what is wrong and shows the answer
 * @throws {MockIssuerError} `invalid_option`, for an expectation that there is not
 * @see {@link https://www.rfc-editor.org/rfc/rfc6750#section-3 RFC 6750 §3}, {@link https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1 RFC 9110 §11.6.1}
 *
 * @example
 * import { checkUnauthorized } from '@bailiwick/mock-issuer/testing'
 *
 * const answer = new Response(null, { status: 401, headers: { 'www-authenticate': 'Bearer error="invalid_token"' } })
 * checkUnauthorized(answer, { error: 'invalid_token' })
 */
export function checkUnauthorized(answer: HttpAnswer, expected: UnauthorizedExpectation = {}): void {
  insist(judgeUnauthorized(answer, expected))
}

/** As `checkUnauthorized`, without throwing: for matchers. */
export function judgeUnauthorized(answer: HttpAnswer, expected: UnauthorizedExpectation = {}): Verdict {
  refuseUnknown(expected, ['error', 'scheme', 'params'])
  const facts = readAnswer(answer)
  const problem = facts.status === 401 ? findChallengeProblem(facts, expected) : `the status is ${facts.status}, and not 401`
  return judge(describe(expected), facts, problem)
}

function describe({ error, scheme }: UnauthorizedExpectation): string {
  const how = error === undefined ? [] : [error === null ? 'no error' : `the error "${error}"`]
  return ['unauthorized', ...(scheme === undefined ? [] : [`for ${scheme}`]), ...how.map((text) => `with ${text}`)].join(' ')
}
