import { MockIssuerError } from '../../mock-issuer-error.js'
import type { HttpAnswer } from '../http-answer.js'

/** Whether something is as expected; if so, the message is the one for those who expected the contrary. */
export interface Verdict {
  readonly pass: boolean
  readonly message: string
}

/** What the checks look at in an answer. */
export interface AnswerFacts {
  readonly status: number
  readonly authenticate: string | undefined
  readonly retryAfter: string | undefined
}

const maxShown = 500

/**
 * Reads the facts of an answer.
 * @throws {MockIssuerError} `invalid_option`, for what is no answer: of a promise that nobody awaited, anything can be said not to be so
 */
export function readAnswer(answer: HttpAnswer): AnswerFacts {
  const status = statusOf(answer)
  if (status === undefined) {
    throw new MockIssuerError(
      'invalid_option',
      'This is no answer: give a Response, or an object with a status and headers. Is there an await missing?',
    )
  }
  const header = (name: string): string | undefined => {
    const { headers } = answer
    if ('get' in headers && typeof headers.get === 'function') return headers.get(name) ?? undefined
    const value = Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1]
    return value === undefined ? undefined : [value].flat().join(', ')
  }
  return { status, authenticate: header('www-authenticate'), retryAfter: header('retry-after') }
}

/** The status of what looks like an answer. */
function statusOf(value: unknown): number | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  if (!('headers' in value) || typeof value.headers !== 'object' || value.headers === null) return undefined
  if ('status' in value && typeof value.status === 'number') return value.status
  return 'statusCode' in value && typeof value.statusCode === 'number' ? value.statusCode : undefined
}

/** Judges an answer: `problem` is what is wrong with it, if anything is. */
export function judge(expected: string, facts: AnswerFacts, problem: string | undefined): Verdict {
  const shown = [
    `  HTTP ${facts.status}`,
    ...(facts.authenticate === undefined ? [] : [`  WWW-Authenticate: ${facts.authenticate.slice(0, maxShown)}`]),
    ...(facts.retryAfter === undefined ? [] : [`  Retry-After: ${facts.retryAfter.slice(0, maxShown)}`]),
  ].join('\n')
  return problem === undefined
    ? { pass: true, message: `Expected the answer not to be ${expected}, and it is:\n\n${shown}` }
    : { pass: false, message: `Expected the answer to be ${expected}, but ${problem}:\n\n${shown}` }
}

/**
 * What the checks throw, with the message of the matcher. The name is the one that test runners know.
 */
class CheckFailed extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'AssertionError'
  }
}

/** Throws unless the verdict is good. */
export function insist({ pass, message }: Verdict): void {
  if (!pass) throw new CheckFailed(message)
}
