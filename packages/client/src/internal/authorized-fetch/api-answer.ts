import { type Challenge, formatScope, isScope, parseChallenge, parseScope } from '@bailiwick/protocol'
import { decodeJwt } from 'jose'
import type { StepUp } from '../../step-up.js'
import type { TokenSetMembers } from '../../token-set.js'

/**
 * What an API's answer means for the access token:
 * - `final`: nothing. It is for the caller
 * - `token_refused`: a new token may do
 * - `step_up`: a token of a stronger login may do, or of one with another scope; `asked` says which, for the message of an error
 */
export type ApiAnswer =
  | { readonly kind: 'final' }
  | { readonly kind: 'token_refused' }
  | { readonly kind: 'step_up'; readonly asked: string; readonly stepUp: StepUp }

const final: ApiAnswer = Object.freeze({ kind: 'final' })
const tokenRefused: ApiAnswer = Object.freeze({ kind: 'token_refused' })
const mostAcrValues = 20
const longestAsked = 300
/** A proof may be refused for its time: the answer that brings a new token tells what the time is. */
const renewable = new Set(['invalid_token', 'invalid_dpop_proof'])

/** What was granted so far. */
export type HeldTokens = Pick<TokenSetMembers, 'tokenType' | 'scope' | 'idToken'>

/** Reads the challenges of an API. What is not well-formed in them asks for nothing. */
export function readApiAnswer(response: Response, tokens: HeldTokens): ApiAnswer {
  const { status, headers } = response
  if (status !== 401 && status !== 403) return final
  const header = headers.get('www-authenticate')
  // Pages do not see the challenge of another origin unless that exposes it.
  if (header === null) return status === 401 ? tokenRefused : final
  const challenge = findChallenge(parseChallenge(header), tokens.tokenType)
  if (challenge === undefined) return final
  const { error } = challenge.params
  const wanted = parseScope(challenge.params.scope)
  const scope = [...grantedBy(tokens), ...wanted]
  if (error === 'insufficient_user_authentication') return readAuthentication(challenge, scope)
  if (error === 'insufficient_scope') {
    if (wanted.length === 0) return final
    const asked = `more than this token has: scope "${wanted.join(' ').slice(0, longestAsked)}"`
    const acr = readAcr(tokens)
    return { kind: 'step_up', asked, stepUp: { ...(acr !== undefined && { acrValues: [acr] }), scope: formatScope(scope) } }
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

/** A server need not name `openid` among what it granted, but where there is an ID token, it has. */
function grantedBy({ scope, idToken }: HeldTokens): readonly string[] {
  return [...parseScope(scope), ...(idToken === undefined ? [] : ['openid'])]
}

/** How the user logged in, so that they do so again for a further scope: an API that wants both would otherwise ask for one and the other without end. */
function readAcr({ idToken }: HeldTokens): string | undefined {
  try {
    const acr = idToken === undefined ? undefined : decodeJwt(idToken).acr
    return typeof acr === 'string' && isAcr(acr) ? acr : undefined
  } catch {
    return undefined
  }
}

function isAcr(value: string): boolean {
  return value.length <= 256 && isScope(value)
}

/** Only one of the values will do (RFC 9470 §3): a login without any of them would come back to the same challenge. */
function readAuthentication({ params }: Challenge, wanted: readonly string[]): ApiAnswer {
  const acrValues = (params.acr_values ?? '').split(' ').filter(isAcr).slice(0, mostAcrValues)
  const maxAge = /^\d{1,9}$/.test(params.max_age ?? '') ? Number(params.max_age) : undefined
  const hasAcrValues = acrValues.length > 0
  // An age can be seen in an ID token alone, which there is for this scope only.
  const scope = maxAge === undefined ? wanted : [...wanted, 'openid']
  const asked = [hasAcrValues && `acr_values "${acrValues.join(' ').slice(0, longestAsked)}"`, maxAge !== undefined && `max_age ${maxAge}`]
  const detail = asked.filter(Boolean).join(', ')
  return {
    kind: 'step_up',
    asked: `a stronger or more recent login than that of this token${detail === '' ? '' : `: ${detail}`}`,
    stepUp: {
      ...(hasAcrValues && { acrValues }),
      // Demanded only where it can be seen.
      ...(hasAcrValues && scope.includes('openid') && { requireAcr: true }),
      ...(maxAge !== undefined && { maxAgeSeconds: maxAge }),
      ...(scope.length > 0 && { scope: formatScope(scope) }),
    },
  }
}
