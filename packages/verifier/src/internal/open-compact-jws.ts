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

/** A checked header from a verified signature. */
export interface SignedHeader extends KnownHeader {
  readonly header: VerifiedJwsHeader
  /** The hint that its key is looked up with. */
  readonly hint: KeyHint
}

export interface OpenCompactJwsInput extends ParseCompactJwsInput<SignedHeader> {
  knownHeaders?: KnownHeaders<SignedHeader> | undefined
  keys: KeySource
  algorithms: readonly SigningAlgorithm[]
  /** Further checks of the header, before a key is looked up. */
  checkHeader?: (header: JwsHeader) => void
}

export interface OpenedJws {
  readonly header: VerifiedJwsHeader
  /** Canonical base64url. */
  readonly encodedPayload: string
  /** The key that made the signature. */
  readonly key: VerificationKey
  readonly hint: KeyHint
}

/**
 * Parses a compact JWS and verifies its signature. Synchronous where key and platform allow it: a promise would cost more than
 * the parsing.
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

/** The most common cause of a missing key is a token from another environment, which its `iss` shows at a glance. */
function withClaimedIssuer(error: unknown, encodedPayload: string): unknown {
  if (!(error instanceof AccessTokenError) || error.code !== 'key_not_found') return error
  const iss = claimedIssuer(encodedPayload)
  const claimed = iss === undefined ? 'the token names no issuer' : `the token, unverified, says that its iss is ${quote(iss)}`
  return new AccessTokenError('key_not_found', { detail: [error.detail, claimed].filter(Boolean).join('; '), cause: error })
}
