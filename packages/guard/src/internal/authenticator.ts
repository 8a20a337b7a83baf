import {
  isThenable,
  isVerificationError,
  isVerifiedAccessToken,
  readCredentials,
  recallVerdict,
  withSystemCause,
} from '@bailiwick/protocol'
import type { Credentials, RequestLike, VerifiedAccessToken } from '@bailiwick/protocol'
import type { ContractBreach, ContractReading } from '../contract-reading.js'
import type { Anonymous, AuthenticatedHeaders, AuthenticationOutcome } from '../outcome.js'
import type { Refused } from '../refusal.js'
import type { AuthenticateOptions } from '../resource-server-options.js'
import { namePrincipal } from './event-reporter.js'
import { explainMalformed } from './malformed-credentials.js'
import type { NonceSource } from './nonce-source.js'
import type { ServerSettings } from './server-options.js'
import { fingerprintToken } from './token-fingerprint.js'
import { readClientId, readSubject } from './token-subject.js'

type PresentedToken = Extract<Credentials, { kind: 'token' }>

const USUAL_PREFIX = 'Bearer '
const ANONYMOUS: Anonymous = Object.freeze({ kind: 'anonymous' })

/** Credentials, then the verifier, then the contract: each step ends the authentication or hands on. */
export function createAuthenticator<Claims>(settings: ServerSettings<Claims>) {
  const { verifier, contract, refuse, report, acceptsDpop, nextNonce } = settings
  const canRecall = Object.hasOwn(verifier, 'recall')
  const longestHeader = USUAL_PREFIX.length + (settings.credentials.maxTokenBytes ?? 16_384)

  function authenticate(
    request: RequestLike,
    { optional, formToken }: AuthenticateOptions = {},
  ): AuthenticationOutcome<Claims> | Promise<AuthenticationOutcome<Claims>> {
    const atHand = formToken === undefined ? recallBearer(request) : undefined
    if (atHand !== undefined) return read(request, atHand.presented, atHand.verified)
    const options = formToken === undefined ? settings.credentials : { ...settings.credentials, formToken }
    const presented = readCredentials(request, options)
    if (presented.kind === 'none') {
      return optional === true ? ANONYMOUS : failWithoutToken(request, 'credentials_missing', missingReason(presented.otherScheme))
    }
    if (presented.kind === 'malformed') return failWithoutToken(request, 'invalid_request', explainMalformed(presented.reason))
    return verify(request, presented)
  }

  /**
   * The usual case, in which nothing has to be read twice: a header of the usual form whose token the verifier has at hand. It has been
   * read before, character by character; a second token could only be in the URL.
   *
   * That holds for a verifier that recalls just what it has verified, to the letter. One of an application's own is not asked about what
   * is empty, or has a space or a comma in it, which is no token or more than one; other characters that no token has are *not* looked
   * for here, but where `verify` is asked. What is no verified token counts as nothing at hand: see `recallVerdict`.
   */
  function recallBearer(request: RequestLike): { presented: PresentedToken; verified: VerifiedAccessToken } | undefined {
    if (!canRecall || settings.credentials.tokenFrom?.query === true) return undefined
    const header = request.headers.get('authorization')
    if (header === null || header.length > longestHeader || !header.startsWith(USUAL_PREFIX)) return undefined
    const token = header.slice(USUAL_PREFIX.length)
    if (token === '' || token.includes(' ') || token.includes(',')) return undefined
    const verified = recallVerdict(verifier, token, { scheme: 'Bearer', request })
    return verified && { presented: { kind: 'token', scheme: 'Bearer', token }, verified }
  }

  async function verify(request: RequestLike, presented: PresentedToken): Promise<AuthenticationOutcome<Claims>> {
    const { token, scheme } = presented
    let verified: VerifiedAccessToken | undefined
    try {
      const given: unknown = await verifier.verify(token, { scheme, request })
      if (isVerifiedAccessToken(given)) verified = given
    } catch (cause) {
      return failVerification(request, presented, cause)
    }
    if (verified === undefined) return failUnavailable(request, presented, 'the verifier gave no verified token', undefined)
    return read(request, presented, verified)
  }

  function read(
    request: RequestLike,
    presented: PresentedToken,
    verified: VerifiedAccessToken,
  ): AuthenticationOutcome<Claims> | Promise<AuthenticationOutcome<Claims>> {
    const fail = (cause: unknown) => failUnavailable(request, presented, 'the token could not be read as the contract', cause)
    try {
      const reading = contract.read(verified)
      if (!isThenable(reading)) return concludeReading(request, presented, verified, reading)
      return Promise.resolve(reading)
        .then((settled) => concludeReading(request, presented, verified, settled))
        .catch(fail)
    } catch (cause) {
      return fail(cause)
    }
  }

  function concludeReading(
    request: RequestLike,
    presented: PresentedToken,
    { issuer, claims }: VerifiedAccessToken,
    reading: ContractReading<Claims>,
  ): AuthenticationOutcome<Claims> | Promise<AuthenticationOutcome<Claims>> {
    if (reading.kind === 'broken') return failContract(request, presented, reading.breach, { issuer, claims })
    if (reading.kind !== 'principal') throw new TypeError('the contract gave no reading')
    const { principal } = reading
    report?.(request, { kind: 'authenticated', principal: namePrincipal(principal) })
    if (nextNonce === undefined || presented.scheme === 'Bearer') return { kind: 'authenticated', principal }
    return freshNonce(nextNonce).then((headers) => ({ kind: 'authenticated', principal, headers }))
  }

  async function failContract(
    request: RequestLike,
    presented: PresentedToken,
    breach: ContractBreach,
    { issuer, claims }: Pick<VerifiedAccessToken, 'issuer' | 'claims'>,
  ): Promise<Refused> {
    const { reason } = breach
    if (report !== undefined) {
      const tokenFingerprint = await fingerprintToken(presented.token)
      const named = { sub: readSubject(claims), clientId: readClientId(claims), issuer }
      report(request, { kind: 'contract_broken', code: 'contract_broken', reason, breach, ...named, tokenFingerprint })
    }
    return refuse('contract_broken', reason, { request })
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
