import { isThenable } from '@bailiwick/protocol'
import { AccessTokenError } from '../access-token-error.js'
import type { SigningAlgorithm } from '../algorithms.js'
import type { JwsHeader, VerifiedJwsHeader } from '../jws-header.js'
import type { KeyHint, KeySource, VerificationKey } from '../key-source.js'
import { checkAlgorithm } from './checks/algorithm.js'
import { checkCriticalHeader } from './checks/critical-header.js'
import { claimedIssuer } from './claimed-issuer.js'
import { type CompactJws, parseCompactJws, type ParseCompactJwsInput } from './compact-jws.js'
import { findSigner } from './find-signer.js'
import type { KnownHeader, KnownHeaders } from './known-headers.js'
import { quote } from './quote.js'

/** A header that has been checked, and been signed. */
export interface SignedHeader extends KnownHeader {
  readonly header: VerifiedJwsHeader
  /** How its key is asked for. */
  readonly hint: KeyHint
}

export interface OpenCompactJwsInput extends ParseCompactJwsInput<SignedHeader> {
  knownHeaders?: KnownHeaders<SignedHeader> | undefined
  keys: KeySource
  algorithms: readonly SigningAlgorithm[]
  /** What else the header must be, before a key is looked for. */
  checkHeader?: (header: JwsHeader) => void
}

export interface OpenedJws {
  readonly header: VerifiedJwsHeader
  /** Canonical base64url. */
  readonly encodedPayload: string
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
  const checked = jws.known ?? checkHeader(jws, input)
  const signer = findSigner(token, input.keys, checked.hint)
  return isThenable(signer) ? openLater(signer, jws, checked, input) : open(signer, jws, checked, input)
}

async function openLater(
  signer: Promise<VerificationKey>,
  jws: CompactJws<SignedHeader>,
  checked: SignedHeader,
  input: OpenCompactJwsInput,
): Promise<OpenedJws> {
  try {
    return open(await signer, jws, checked, input)
  } catch (error) {
    throw withClaimedIssuer(error, jws.encodedPayload)
  }
}

function open(
  key: VerificationKey,
  { known, encodedPayload }: CompactJws<SignedHeader>,
  checked: SignedHeader,
  { knownHeaders }: OpenCompactJwsInput,
): OpenedJws {
  if (known === undefined) knownHeaders?.add(checked)
  const { header, hint } = checked
  return { header, encodedPayload, hint, key }
}

function checkHeader({ header, encodedHeader }: CompactJws, input: OpenCompactJwsInput): SignedHeader {
  checkAlgorithm(header, input.algorithms)
  checkCriticalHeader(header)
  input.checkHeader?.(header)
  return { encodedHeader, header, hint: Object.freeze({ alg: header.alg, kid: header.kid }) }
}

/** A token of another environment is the commonest reason for a missing key, and its `iss` the quickest way to see that. */
function withClaimedIssuer(error: unknown, encodedPayload: string): unknown {
  if (!(error instanceof AccessTokenError) || error.code !== 'key_not_found') return error
  const iss = claimedIssuer(encodedPayload)
  const claimed = iss === undefined ? 'the token names no issuer' : `the token, unverified, says that its iss is ${quote(iss)}`
  return new AccessTokenError('key_not_found', { detail: [error.detail, claimed].filter(Boolean).join('; '), cause: error })
}
