import { type Challenge, formatScope, isScope, parseChallenge, parseScope } from '@bailiwick/protocol'
import type { StepUp } from '../../step-up.js'
import type { TokenSet } from '../../token-set.js'

/**
 * What an API's answer means for the access token:
 * - `final`: nothing. It is for the caller
 * - `token_refused`: a new token may do
 * - `step_up`: a token of a stronger login may do, or of one with another scope
 */
export type ApiAnswer =
  | { readonly kind: 'final' }
  | { readonly kind: 'token_refused' }
  | { readonly kind: 'step_up'; readonly error: string; readonly stepUp: StepUp }

const final: ApiAnswer = Object.freeze({ kind: 'final' })
const tokenRefused: ApiAnswer = Object.freeze({ kind: 'token_refused' })
const mostAcrValues = 20
/** A proof may be refused for its time: the answer that brings a new token tells what the time is. */
const renewable = new Set(['invalid_token', 'invalid_dpop_proof'])

/** Reads the challenges of an API. What is not well-formed in them asks for nothing. */
export function readApiAnswer(response: Response, tokens: Pick<TokenSet, 'tokenType' | 'scope'>): ApiAnswer {
  const { status, headers } = response
  if (status !== 401 && status !== 403) return final
  const header = headers.get('www-authenticate')
  // Pages do not see the challenge of another origin unless that exposes it.
  if (header === null) return status === 401 ? tokenRefused : final
  const challenge = findChallenge(parseChallenge(header), tokens.tokenType)
  if (challenge === undefined) return final
  const { error } = challenge.params
  if (error === 'insufficient_user_authentication') return { kind: 'step_up', error, stepUp: readAuthentication(challenge) }
  if (error === 'insufficient_scope') {
    const scope = readScope(challenge, tokens.scope)
    return scope === undefined ? final : { kind: 'step_up', error, stepUp: { scope } }
  }
  return status === 401 && (error === undefined || renewable.has(error)) ? tokenRefused : final
}

/** Whether a proof was refused for the want of the API's nonce. @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-9 RFC 9449 §9} */
export function asksForNonce({ status, headers }: Response): boolean {
  if (status !== 401) return false
  return findChallenge(parseChallenge(headers.get('www-authenticate') ?? ''), 'DPoP')?.params.error === 'use_dpop_nonce'
}

/** An API that takes both schemes may challenge for both: the one with a reason counts, and among those the one of the token. */
function findChallenge(challenges: readonly Challenge[], tokenType: 'Bearer' | 'DPoP'): Challenge | undefined {
  const own = challenges.filter(({ scheme }) => /^(bearer|dpop)$/i.test(scheme))
  own.sort((one, other) => rank(one, tokenType) - rank(other, tokenType))
  return own[0]
}

function rank({ scheme, params }: Challenge, tokenType: string): number {
  return (params.error === undefined ? 2 : 0) + (scheme.toLowerCase() === tokenType.toLowerCase() ? 0 : 1)
}

function readAuthentication({ params }: Challenge): StepUp {
  const acrValues = (params.acr_values ?? '').split(' ').filter((value) => value.length <= 256 && isScope(value))
  const maxAge = params.max_age ?? ''
  return {
    ...(acrValues.length > 0 && { acrValues: acrValues.slice(0, mostAcrValues) }),
    ...(/^\d{1,9}$/.test(maxAge) && { maxAgeSeconds: Number(maxAge) }),
  }
}

function readScope({ params }: Challenge, granted: string | undefined): string | undefined {
  const wanted = parseScope(params.scope)
  return wanted.length === 0 ? undefined : formatScope([...parseScope(granted), ...wanted])
}
