import { formatChallenge, parseScope } from '@bailiwick/protocol'
import type { RequestLike } from '@bailiwick/protocol'
import type { StepUp } from '../decision.js'
import { REFUSALS } from '../refusal.js'
import type { RefusalCode, RefusalHeaders, Refused } from '../refusal.js'
import type { ChallengePlan, ChallengePlanner } from './challenge-plan.js'

export interface RefusalWriterInput {
  readonly realm: string
  /** The URL of the protected-resource metadata, for the challenge (RFC 9728 §5.1). */
  readonly resourceMetadata: string | undefined
  /** For refusals without a challenge, where nothing better is known. */
  readonly retryAfterSeconds: number
  readonly planChallenges: ChallengePlanner
  /** For DPoP challenges: the algorithms of proofs. */
  readonly dpopAlgorithms: readonly string[]
}

/** Headers are kept with `scopes` and `stepUp`, so pass the same objects for the same denial. */
export interface RefusalDetails {
  /** The request that is refused: which challenges there are may depend on its scheme. */
  readonly request?: RequestLike | undefined
  /** For `insufficient_scope`. */
  readonly scopes?: readonly string[] | undefined
  /** For `insufficient_user_authentication`. */
  readonly stepUp?: StepUp | undefined
  /** For `unavailable`. */
  readonly retryAfterSeconds?: number | undefined
  /** For `use_dpop_nonce`. */
  readonly nonce?: string | undefined
}

export type RefusalWriter = (code: RefusalCode, reason: string, details?: RefusalDetails) => Refused

const MAX_RETRY_AFTER_SECONDS = 86_400

/** Writes refusals by the table. The headers of each code, plan of challenges, and list of scopes or login are made once. */
export function createRefusalWriter(input: RefusalWriterInput): RefusalWriter {
  const kept = new Map<ChallengePlan, Map<RefusalCode, KeptHeaders>>()

  const headersFor = (code: RefusalCode, details: RefusalDetails): RefusalHeaders => {
    if (REFUSALS[code].challenge === 'none') return constantOrRetry(details.retryAfterSeconds)
    const plan = input.planChallenges(code, details.request)
    const ofCode = keptFor(plan, code)
    const headers = keptHeaders(ofCode, details) ?? keepHeaders(ofCode, details, formatHeaders(input, plan, code, details))
    return details.nonce === undefined ? headers : Object.freeze({ ...headers, 'DPoP-Nonce': details.nonce })
  }
  const keptFor = (plan: ChallengePlan, code: RefusalCode): KeptHeaders => {
    let ofPlan = kept.get(plan)
    if (ofPlan === undefined) kept.set(plan, (ofPlan = new Map()))
    let ofCode = ofPlan.get(code)
    if (ofCode === undefined) ofPlan.set(code, (ofCode = { plain: undefined, withDetail: new WeakMap() }))
    return ofCode
  }
  const unavailable = retryHeaders(input.retryAfterSeconds)
  const constantOrRetry = (seconds: number | undefined): RefusalHeaders =>
    seconds === undefined || !(seconds > 0) ? unavailable : retryHeaders(seconds)

  return (code, reason, details = NO_DETAILS) => {
    const { status, body } = REFUSALS[code]
    return Object.freeze({ kind: 'refused', status, headers: headersFor(code, details), body, code, reason })
  }
}

/** Of one code, under one plan. */
interface KeptHeaders {
  plain: RefusalHeaders | undefined
  /** By the list of scopes, or the login. */
  readonly withDetail: WeakMap<object, RefusalHeaders>
}

function keptHeaders({ plain, withDetail }: KeptHeaders, { scopes, stepUp }: RefusalDetails): RefusalHeaders | undefined {
  if (scopes === undefined) return stepUp === undefined ? plain : withDetail.get(stepUp)
  return stepUp === undefined ? withDetail.get(scopes) : undefined
}

/** A guard of someone else's may name scopes and a login at once: neither alone says what the headers are, and they are not kept. */
function keepHeaders(kept: KeptHeaders, { scopes, stepUp }: RefusalDetails, headers: RefusalHeaders): RefusalHeaders {
  const key = scopes ?? stepUp
  if (key === undefined) kept.plain = headers
  else if (scopes === undefined || stepUp === undefined) kept.withDetail.set(key, headers)
  return headers
}

const NO_DETAILS: RefusalDetails = Object.freeze({})

function formatHeaders(
  { realm, resourceMetadata, dpopAlgorithms }: RefusalWriterInput,
  plan: ChallengePlan,
  code: RefusalCode,
  { scopes, stepUp }: RefusalDetails,
): RefusalHeaders {
  const { challenge, body } = REFUSALS[code]
  const base = { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' } as const
  const error = {
    error: body.error,
    error_description: body.error_description,
    // Of a guard of the application's own it may be anything; what is no scope would break the syntax (RFC 6750 §3).
    scope: parseScope(scopes).join(' ') || undefined,
    acr_values: stepUp?.acrValues?.join(' '),
    max_age: stepUp?.maxAgeSeconds,
  }
  const challenges = plan.map(({ scheme, hasError }) => ({
    scheme,
    params: {
      realm,
      ...(challenge === 'error' && hasError ? error : {}),
      resource_metadata: resourceMetadata,
      algs: scheme === 'DPoP' && dpopAlgorithms.length > 0 ? dpopAlgorithms.join(' ') : undefined,
    },
  }))
  return Object.freeze({ ...base, 'WWW-Authenticate': formatChallenge(challenges) })
}

function retryHeaders(seconds: number): RefusalHeaders {
  const whole = Math.min(Math.ceil(seconds), MAX_RETRY_AFTER_SECONDS)
  return Object.freeze({ 'Content-Type': 'application/json', 'Cache-Control': 'no-store', 'Retry-After': String(whole) })
}
