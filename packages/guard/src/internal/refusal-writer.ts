import { formatChallenge } from '@bailiwick/protocol'
import { REFUSALS } from '../refusal.js'
import type { RefusalCode, RefusalHeaders, Refused } from '../refusal.js'

export interface RefusalWriterInput {
  readonly realm: string
  /** The URL of the protected-resource metadata, for the challenge (RFC 9728 §5.1). */
  readonly resourceMetadata: string | undefined
  /** For `unavailable`, where nothing better is known. */
  readonly retryAfterSeconds: number
}

export interface RefusalDetails {
  /** For `insufficient_scope`. Headers are kept with the list, so pass the same list for the same denial. */
  readonly scopes?: readonly string[] | undefined
  /** For `unavailable`. */
  readonly retryAfterSeconds?: number | undefined
}

export type RefusalWriter = (code: RefusalCode, reason: string, details?: RefusalDetails) => Refused

const MAX_RETRY_AFTER_SECONDS = 86_400

/** Writes refusals by the table. The headers of each code are made once. */
export function createRefusalWriter(input: RefusalWriterInput): RefusalWriter {
  const constant = new Map<RefusalCode, RefusalHeaders>()
  const withScopes = new WeakMap<readonly string[], RefusalHeaders>()

  const headersFor = (code: RefusalCode, details: RefusalDetails): RefusalHeaders => {
    const { scopes, retryAfterSeconds } = details
    if (code === 'unavailable') return constantOrRetry(retryAfterSeconds)
    const kept = scopes === undefined ? constant.get(code) : withScopes.get(scopes)
    if (kept !== undefined) return kept
    const headers = formatHeaders(input, code, scopes)
    if (scopes === undefined) constant.set(code, headers)
    else withScopes.set(scopes, headers)
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
  scopes: readonly string[] | undefined,
): RefusalHeaders {
  const { challenge, body } = REFUSALS[code]
  const base = { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' } as const
  if (challenge === 'none') return Object.freeze(base)
  const params = {
    realm,
    error: challenge === 'error' ? body.error : undefined,
    error_description: challenge === 'error' ? body.error_description : undefined,
    scope: scopes === undefined || scopes.length === 0 ? undefined : scopes.join(' '),
    resource_metadata: resourceMetadata,
  }
  return Object.freeze({ ...base, 'WWW-Authenticate': formatChallenge({ scheme: 'Bearer', params }) })
}

function retryHeaders(seconds: number): RefusalHeaders {
  const whole = Math.min(Math.ceil(seconds), MAX_RETRY_AFTER_SECONDS)
  return Object.freeze({ 'Content-Type': 'application/json', 'Cache-Control': 'no-store', 'Retry-After': String(whole) })
}
