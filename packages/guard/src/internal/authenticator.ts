import { isVerificationError, readCredentials } from '@bailiwick/protocol'
import type { Credentials, RequestLike, VerifiedAccessToken } from '@bailiwick/protocol'
import type { ContractReading } from '../contract-reading.js'
import type { Anonymous, AuthenticatedHeaders, AuthenticationOutcome } from '../outcome.js'
import type { Refused } from '../refusal.js'
import type { AuthenticateOptions } from '../resource-server-options.js'
import { namePrincipal } from './event-reporter.js'
import { explainMalformed } from './malformed-credentials.js'
import type { NonceSource } from './nonce-source.js'
import type { ServerSettings } from './server-options.js'
import { withSystemCause } from './system-cause.js'
import { fingerprintToken } from './token-fingerprint.js'
import { readClientId, readSubject } from './token-subject.js'

type PresentedToken = Extract<Credentials, { kind: 'token' }>

const ANONYMOUS: Anonymous = Object.freeze({ kind: 'anonymous' })

/** Credentials, then the verifier, then the contract: each step ends the authentication or hands on. */
export function createAuthenticator<Claims>(settings: ServerSettings<Claims>) {
  const { verifier, contract, refuse, report, acceptsDpop, nextNonce } = settings

  async function authenticate(
    request: RequestLike,
    { optional, formToken }: AuthenticateOptions = {},
  ): Promise<AuthenticationOutcome<Claims>> {
    const options = formToken === undefined ? settings.credentials : { ...settings.credentials, formToken }
    const presented = readCredentials(request, options)
    if (presented.kind === 'none') {
      return optional === true ? ANONYMOUS : failWithoutToken(request, 'credentials_missing', missingReason(presented.otherScheme))
    }
    if (presented.kind === 'malformed') return failWithoutToken(request, 'invalid_request', explainMalformed(presented.reason))

    let verified: VerifiedAccessToken
    try {
      verified = await verifier.verify(presented.token, { scheme: presented.scheme, request })
    } catch (cause) {
      return failVerification(request, presented, cause)
    }
    try {
      const reading = contract.read(verified)
      return await concludeReading(request, presented, verified, reading instanceof Promise ? await reading : reading)
    } catch (cause) {
      return failUnavailable(request, presented, 'the token could not be read as the contract', cause)
    }
  }

  async function concludeReading(
    request: RequestLike,
    presented: PresentedToken,
    { issuer, claims }: VerifiedAccessToken,
    reading: ContractReading<Claims>,
  ): Promise<AuthenticationOutcome<Claims>> {
    if (reading.kind === 'principal') {
      const { principal } = reading
      report?.(request, { kind: 'authenticated', principal: namePrincipal(principal) })
      if (nextNonce === undefined || presented.scheme === 'Bearer') return { kind: 'authenticated', principal }
      return { kind: 'authenticated', principal, headers: await freshNonce(nextNonce) }
    }
    const { breach } = reading
    const { reason } = breach
    if (report !== undefined) {
      const tokenFingerprint = await fingerprintToken(presented.token)
      const named = { sub: readSubject(claims), clientId: readClientId(claims), issuer }
      report(request, { kind: 'contract_broken', code: 'contract_broken', reason, breach, ...named, tokenFingerprint })
    }
    return refuse('contract_broken', reason)
  }

  async function failVerification(request: RequestLike, presented: PresentedToken, cause: unknown): Promise<Refused> {
    if (!isVerificationError(cause)) return failUnavailable(request, presented, 'the verifier failed', cause)
    const reason = `${cause.code}: ${cause.message}`
    if (cause.outcome === 'unavailable') return failUnavailable(request, presented, reason, cause, cause.retryAfterSeconds)
    // To a client that knows nothing of DPoP, or did not use it, its errors mean nothing.
    const challengeError = acceptsDpop && presented.scheme === 'DPoP' ? cause.challengeError : undefined
    if (challengeError === 'use_dpop_nonce') return demandNonce(request, presented, reason, cause)
    const code = challengeError === 'invalid_dpop_proof' ? 'invalid_dpop_proof' : 'invalid_token'
    await reportFailure(request, presented, code, reason, cause)
    return refuse(code, reason, { request })
  }

  /** Without a nonce to give, the client could only try the same again. */
  async function demandNonce(request: RequestLike, presented: PresentedToken, reason: string, cause: unknown): Promise<Refused> {
    let nonce: string
    try {
      if (nextNonce === undefined) throw new Error('the verifier has no nonce to give')
      nonce = await nextNonce()
    } catch (failure) {
      return failUnavailable(request, presented, 'a DPoP nonce is needed, and there is none', failure)
    }
    await reportFailure(request, presented, 'use_dpop_nonce', reason, cause)
    return refuse('use_dpop_nonce', reason, { request, nonce })
  }

  async function reportFailure(
    request: RequestLike,
    presented: PresentedToken,
    code: 'invalid_token' | 'invalid_dpop_proof' | 'use_dpop_nonce',
    reason: string,
    cause: unknown,
  ): Promise<void> {
    if (report === undefined) return
    const tokenFingerprint = await fingerprintToken(presented.token)
    report(request, { kind: 'authentication_failed', code, reason, cause, tokenFingerprint })
  }

  async function failUnavailable(
    request: RequestLike,
    presented: PresentedToken,
    summary: string,
    cause: unknown,
    retryAfterSeconds?: number,
  ): Promise<Refused> {
    const reason = withSystemCause(summary, cause)
    if (report !== undefined) {
      const tokenFingerprint = await fingerprintToken(presented.token)
      report(request, { kind: 'unavailable', code: 'unavailable', reason, cause, principal: undefined, guard: undefined, tokenFingerprint })
    }
    return refuse('unavailable', reason, { retryAfterSeconds })
  }

  function failWithoutToken(request: RequestLike, code: 'credentials_missing' | 'invalid_request', reason: string): Refused {
    report?.(request, { kind: 'authentication_failed', code, reason, cause: undefined, tokenFingerprint: undefined })
    return refuse(code, reason, { request })
  }

  return authenticate
}

/** Without one, the client goes on with the nonce that it has, and is given another when that one is refused (RFC 9449 §8). */
async function freshNonce(nextNonce: NonceSource): Promise<AuthenticatedHeaders | undefined> {
  try {
    return Object.freeze({ 'DPoP-Nonce': await nextNonce(), 'Cache-Control': 'no-store' })
  } catch {
    return undefined
  }
}

function missingReason(otherScheme: string | undefined): string {
  return otherScheme === undefined ? 'no access token' : `no access token, but credentials of the scheme ${otherScheme}`
}
