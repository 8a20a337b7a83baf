import type { AttackAnswer, AttackOutcome } from '../../attack-report.js'
import type { ForgeryAnswer } from '../../forgery.js'

/** What is known of one forgery that was sent. */
export interface Evidence {
  readonly expected: ForgeryAnswer
  readonly answer: AttackAnswer
  /** Whether an address of the attacker that only this forgery names was asked. */
  readonly wasLured: boolean
}

/** Says what became of a forgery. The worst that is true of it counts. */
export function judge({ expected, answer, wasLured }: Evidence): AttackOutcome {
  if (isLetIn(answer)) return expected === 'accepted' ? 'as_expected' : 'let_in'
  if (wasLured) return 'lured'
  if ('failure' in answer) {
    // Servers that are sent too much hang up. If it was a crash instead, the good token afterwards fails.
    return expected === 'refusal' && answer.failure === 'network' ? 'refused_otherwise' : 'fault'
  }
  if (answer.status >= 500) return 'fault'
  return isAnswered(expected, answer) ? 'as_expected' : 'refused_otherwise'
}

/** Whether the API did what was asked. */
export function isLetIn(answer: AttackAnswer): boolean {
  return 'status' in answer && answer.status >= 200 && answer.status < 300
}

/** Whether the answer is the one that is expected. */
export function isAnswered(expected: ForgeryAnswer, answer: AttackAnswer): boolean {
  return 'status' in answer && conditions[expected](answer.status, answer.error)
}

/** RFC 6750 §3.1. */
const conditions: Readonly<Record<ForgeryAnswer, (status: number, error: string | undefined) => boolean>> = {
  invalid_token: (status, error) => status === 401 && error === 'invalid_token',
  invalid_request: (status, error) => status === 400 && error === 'invalid_request',
  insufficient_scope: (status, error) => status === 403 && error === 'insufficient_scope',
  no_credentials: (status, error) => status === 401 && error === undefined,
  refusal: (status) => status >= 400 && status < 500,
  accepted: (status) => status >= 200 && status < 300,
}
