import type { AttackAnswer } from '../../attack-report.js'
import type { ForgeryAnswer } from '../../forgery.js'

/** What an API answered, in a few characters. */
export function formatAnswer(answer: AttackAnswer): string {
  if ('failure' in answer) return answer.failure === 'timeout' ? 'no answer in time' : 'connection broken'
  return answer.error === undefined ? String(answer.status) : `${answer.status} ${answer.error}`
}

/** What an API should have answered, in a few words. */
export function formatExpectation(expected: ForgeryAnswer): string {
  return expectations[expected]
}

const expectations: Readonly<Record<ForgeryAnswer, string>> = {
  invalid_token: '401 invalid_token',
  invalid_request: '400 invalid_request',
  insufficient_scope: '403 insufficient_scope',
  no_credentials: '401 without an error',
  refusal: 'a status of 400 to 499',
  accepted: 'let in',
}
