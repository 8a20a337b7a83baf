import { certificateThumbprint } from '../certificates/certificate-thumbprint.js'
import { presentedCertificate } from '../certificates/client-certificate.js'
import { readDpopProof } from '../dpop/dpop-proof.js'
import type { DpopInput } from '../dpop/dpop-proof.js'
import { jsonResponse } from '../http/json-response.js'
import { errorDescription, OAuthRefusal, retryHeaders } from '../http/oauth-refusal.js'
import { findActiveAccessToken } from '../token-status/active-access-token.js'
import type { ActiveAccessTokenInput } from '../token-status/active-access-token.js'
import type { IssuedAccessToken } from '../tokens/issued-access-tokens.js'
import { challenge, challengeAnonymous } from './challenge.js'
import { presentsAnotherToken, readPresentedToken } from './presented-token.js'
import type { AccessTokenScheme } from './presented-token.js'

export interface AccessTokenCheckInput extends ActiveAccessTokenInput, DpopInput {
  /** That of tokens which nobody asked for a resource of. */
  readonly audience: string | readonly string[]
}

/** The access token of a request, or the challenge to answer it with. */
export type CheckedAccessToken =
  | { readonly issued: IssuedAccessToken; readonly scheme: AccessTokenScheme; readonly response?: undefined }
  | { readonly response: Response }

/**
 * Checks the access token that a request to a resource of the issuer's own presents: it stands, it is for the issuer or for the issuer's
 * audience, and whoever presents it has what it is bound to. One that was issued for other resources is theirs alone, whatever its scopes. A token that is bound to a DPoP key is no bearer token, and one that is not needs no proof; a token that is bound to a
 * certificate needs the connection to have it. Does not check scopes, which are the resource's.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9068#section-4 RFC 9068 §4}
 * @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-7 RFC 9449 §7}
 * @see {@link https://www.rfc-editor.org/rfc/rfc8705#section-3 RFC 8705 §3}
 */
export async function checkAccessToken(request: Request, input: AccessTokenCheckInput): Promise<CheckedAccessToken> {
  const presented = readPresentedToken(request.headers.get('authorization'))
  if (presented === 'absent') return { response: challengeAnonymous() }
  const malformed = 'The Authorization header is neither a bearer token nor a token with a DPoP proof.'
  if (presented === 'malformed') return { response: challenge('Bearer', { status: 400, error: 'invalid_request', description: malformed }) }
  const { scheme, token } = presented
  // RFC 6750 §3.1: more than one method for including a token.
  if (await presentsAnotherToken(request)) {
    const description = 'Present one access token, in the Authorization header, and a form that can be read.'
    return { response: challenge(scheme, { status: 400, error: 'invalid_request', description }) }
  }
  const invalid = (description: string) => ({ response: challenge(scheme, { status: 401, error: 'invalid_token', description }) })

  const issued = await findActiveAccessToken(token, input)
  if (issued === undefined) return invalid('The access token is unknown, expired or revoked.')
  if (!isForThisIssuer(issued, input)) return invalid('The access token is for another audience.')
  const { jkt, x5tS256, isWellFormed } = readConfirmation(issued.claims['cnf'])
  if (!isWellFormed) return invalid('The access token is bound to something that cannot be checked here.')
  if (scheme === 'Bearer' && jkt !== undefined) return invalid('The access token is bound to a DPoP key, and is no bearer token.')
  if (scheme === 'DPoP') {
    const proven = await readProof(request, token, input)
    if (proven instanceof Response) return { response: proven }
    if (jkt === undefined) return invalid('The access token is not bound to a DPoP key.')
    if (jkt !== proven) return invalid('The access token is bound to another key than that of the proof.')
  }
  if (x5tS256 !== undefined && x5tS256 !== (await thumbprintOfConnection(request))) {
    return invalid('The access token is bound to a certificate that the connection does not have.')
  }
  return { issued, scheme }
}

function isForThisIssuer({ claims }: IssuedAccessToken, { audience, issuerName }: AccessTokenCheckInput): boolean {
  const own = new Set<unknown>([issuerName(), audience].flat())
  return [claims['aud']].flat().some((name) => own.has(name))
}

async function readProof(request: Request, token: string, input: DpopInput): Promise<string | Response> {
  try {
    const proof = await readDpopProof(request, input, token)
    if (proof !== undefined) return proof.jkt
    return challenge('DPoP', { status: 401, error: 'invalid_dpop_proof', description: 'The request has no DPoP proof.' })
  } catch (error) {
    if (!(error instanceof OAuthRefusal)) throw error
    if (error.status !== 503) return challenge('DPoP', { status: 401, error: error.code, description: error.message })
    // No challenge: another proof would fare no better.
    return jsonResponse(
      { error: error.code, error_description: errorDescription(error.message) },
      { status: 503, headers: retryHeaders(error) },
    )
  }
}

interface CheckableConfirmation {
  readonly jkt: string | undefined
  readonly x5tS256: string | undefined
  readonly isWellFormed: boolean
}

// A test can mint a token with any `cnf`. What is in it and not understood must not be passed over (RFC 7800 §3.1).
function readConfirmation(cnf: unknown): CheckableConfirmation {
  if (cnf === undefined) return { jkt: undefined, x5tS256: undefined, isWellFormed: true }
  const members = typeof cnf === 'object' && cnf !== null ? Object.entries(cnf) : []
  const known = members.filter(([name, value]) => ['jkt', 'x5t#S256'].includes(name) && typeof value === 'string')
  const found = new Map<string, unknown>(known)
  const text = (name: string): string | undefined => (found.has(name) ? String(found.get(name)) : undefined)
  return { jkt: text('jkt'), x5tS256: text('x5t#S256'), isWellFormed: known.length > 0 && known.length === members.length }
}

async function thumbprintOfConnection(request: Request): Promise<string | undefined> {
  const certificate = presentedCertificate(request)
  return certificate && certificateThumbprint(certificate.der)
}
