import { formatChallenge } from '@bailiwick/protocol'
import type { StepUp } from '../decision.js'
import { REFUSALS } from '../refusal.js'
import type { RefusalCode, RefusalHeaders, Refused } from '../refusal.js'

export interface RefusalWriterInput {
  readonly realm: string
  /** The URL of the protected-resource metadata, for the challenge (RFC 9728 §5.1). */
  readonly resourceMetadata: string | undefined
  /** For `unavailable`, where nothing better is known. */
  readonly retryAfterSeconds: number
}

/** Headers are kept with `scopes` and `stepUp`, so pass the same objects for the same denial. */
export interface RefusalDetails {
  /** For `insufficient_scope`. */
  readonly scopes?: readonly string[] | undefined
  /** For `insufficient_user_authentication`. */
  readonly stepUp?: StepUp | undefined
  /** For `unavailable`. */
  readonly retryAfterSeconds?: number | undefined
}

export type RefusalWriter = (code: RefusalCode, reason: string, details?: RefusalDetails) => Refused

const MAX_RETRY_AFTER_SECONDS = 86_400

/** Writes refusals by the table. The headers of each code are made once. */
export function createRefusalWriter(input: RefusalWriterInput): RefusalWriter {
  const constant = new Map<RefusalCode, RefusalHeaders>()
  const withDetails = new WeakMap<object, RefusalHeaders>()

  const headersFor = (code: RefusalCode, details: RefusalDetails): RefusalHeaders => {
    if (code === 'unavailable') return constantOrRetry(details.retryAfterSeconds)
    const key = details.scopes ?? details.stepUp
    const kept = key === undefined ? constant.get(code) : withDetails.get(key)
    if (kept !== undefined) return kept
    const headers = formatHeaders(input, code, details)
    if (key === undefined) constant.set(code, headers)
    else withDetails.set(key, headers)
    return headers
  }
  const unavailable = retryHeaders(input.retryAfterSeconds)
  const constantOrRetry = (seconds: number | undefined): RefusalHeaders =>
    seconds === undefined || !(seconds > 0) ? unavailable : retryHeaders(seconds)

  return (code, reason, details = NO_DETAILS) => {
    const { status, body } = REFUSALS[code]
    return Object.freeze({ kind: 'refused', status, headers: headersFor(code, details), body, code, reason })
  }
}

const NO_DETAILS: RefusalDetails = Object.freeze({})

function formatHeaders(
  { realm, resourceMetadata }: RefusalWriterInput,
  code: RefusalCode,
  { scopes, stepUp }: RefusalDetails,
): RefusalHeaders {
  const { challenge, body } = REFUSALS[code]
  const base = { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' } as const
  if (challenge === 'none') return Object.freeze(base)
  const params = {
    realm,
    error: challenge === 'error' ? body.error : undefined,
    error_description: challenge === 'error' ? body.error_description : undefined,
    scope: scopes === undefined || scopes.length === 0 ? undefined : scopes.join(' '),
    acr_values: stepUp?.acrValues?.join(' '),
    max_age: stepUp?.maxAgeSeconds,
    resource_metadata: resourceMetadata,
  }
  return Object.freeze({ ...base, 'WWW-Authenticate': formatChallenge({ scheme: 'Bearer', params }) })
}

function retryHeaders(seconds: number): RefusalHeaders {
  const whole = Math.min(Math.ceil(seconds), MAX_RETRY_AFTER_SECONDS)
  return Object.freeze({ 'Content-Type': 'application/json', 'Cache-Control': 'no-store', 'Retry-After': String(whole) })
}
