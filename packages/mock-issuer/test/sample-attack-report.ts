import type { AttackOutcome, AttackReport, AttackResult } from '../src/attack-report.js'
import { forgeries } from '../src/forgeries.js'
import type { ForgeryName } from '../src/forgeries.js'

/** A report with every outcome in it. */
export const sampleReport: AttackReport = {
  url: 'http://127.0.0.1:3000/orders',
  method: 'GET',
  issuer: 'http://127.0.0.1:9000',
  algorithm: 'ES256',
  profile: 'jwt',
  durationMs: 1234,
  controls: [
    { name: 'good token', passed: true, answer: { status: 200 }, durationMs: 12 },
    { name: 'no token', passed: true, answer: { status: 401 }, durationMs: 1 },
    { name: 'good token of another algorithm', passed: false, answer: { status: 401, error: 'invalid_token' }, durationMs: 2 },
    { name: 'good token afterwards', passed: true, answer: { status: 200 }, durationMs: 3 },
  ],
  results: [
    result('algNone', 'none', 'let_in', { status: 200 }),
    result('algNone', 'None', 'let_in', { status: 200 }),
    result('algNone', 'absent', 'as_expected', { status: 401, error: 'invalid_token' }),
    result('jku', 'noKid', 'lured', { status: 401, error: 'invalid_token' }),
    result('encrypted', 'password', 'fault', { failure: 'timeout', detail: 'no answer within 5000 ms' }),
    result('expiredBy', 'second', 'let_in', { status: 204 }),
    result('expiredBy', 'hour', 'refused_otherwise', { status: 403 }),
    result('lowerCaseScheme', 'only', 'as_expected', { status: 200 }),
  ],
  skipped: [{ forgery: 'missingScope', variant: 'none', reason: 'the good token has no scope that could be missing' }],
  counts: { as_expected: 2, let_in: 3, lured: 1, refused_otherwise: 1, fault: 1 },
}

function result(forgery: ForgeryName, name: string, outcome: AttackOutcome, answer: AttackResult['answer']): AttackResult {
  const { title, rfc, variants } = forgeries[forgery]
  const variant = variants.find((each) => each.name === name)
  if (variant === undefined) throw new Error(`${forgery} has no variant ${name}`)
  const { description, expected, severity } = variant
  return {
    forgery,
    variant: name,
    title: `${title}: ${variant.title}`,
    description,
    rfc,
    severity,
    expected,
    outcome,
    answer,
    durationMs: 7.4,
  }
}
