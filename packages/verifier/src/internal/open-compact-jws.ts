import { decodeKnownBase64url } from '#platform'
import { AccessTokenError } from '../access-token-error.js'
import type { SigningAlgorithm } from '../algorithms.js'
import type { JwsHeader } from '../jws-header.js'
import type { KeyHint, KeySource, VerificationKey } from '../key-source.js'
import { checkAlgorithm } from './checks/algorithm.js'
import { checkCriticalHeader } from './checks/critical-header.js'
import { claimedIssuer } from './claimed-issuer.js'
import { parseCompactJws, type ParseCompactJwsInput } from './compact-jws.js'
import { findSigner } from './find-signer.js'
import { quote } from './quote.js'

export interface OpenCompactJwsInput extends ParseCompactJwsInput {
  keys: KeySource
  algorithms: readonly SigningAlgorithm[]
  /** What else the header must be, before a key is looked for. */
  checkHeader?: (header: JwsHeader) => void
}

export interface OpenedJws {
  readonly header: JwsHeader
  readonly payload: Uint8Array
  /** The key that made the signature, and how it was asked for. */
  readonly key: VerificationKey
  readonly hint: KeyHint
}

/**
 * From a string to a payload that is signed by one of the keys. At once where key and platform allow it, which saves waiting that
 * would cost more than the parsing.
 *
 * @throws {AccessTokenError}
 * @see {@link https://www.rfc-editor.org/rfc/rfc7515#section-5.2 RFC 7515 §5.2}
 */
export function openCompactJws(token: string, input: OpenCompactJwsInput): OpenedJws | Promise<OpenedJws> {
  const jws = parseCompactJws(token, input)
  const { header, encodedHeader, encodedPayload } = jws
  const alg = checkAlgorithm(header, input.algorithms)
  checkCriticalHeader(header)
  input.checkHeader?.(header)
  const hint = { alg, kid: header.kid }
  const open = (key: VerificationKey): OpenedJws => {
    input.knownHeaders?.add(encodedHeader, header)
    return { header, payload: decodeKnownBase64url(encodedPayload), key, hint }
  }
  const fail = (error: unknown): never => {
    throw withClaimedIssuer(error, encodedPayload)
  }
  const signer = findSigner(token, input.keys, hint)
  return signer instanceof Promise ? signer.then(open, fail) : open(signer)
}

/** A token of another environment is the commonest reason for a missing key, and its `iss` the quickest way to see that. */
function withClaimedIssuer(error: unknown, encodedPayload: string): unknown {
  if (!(error instanceof AccessTokenError) || error.code !== 'key_not_found') return error
  const iss = claimedIssuer(encodedPayload)
  const claimed = iss === undefined ? 'the token names no issuer' : `the token, unverified, says that its iss is ${quote(iss)}`
  return new AccessTokenError('key_not_found', { detail: [error.detail, claimed].filter(Boolean).join('; '), cause: error })
}
