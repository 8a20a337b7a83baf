import { decodeKnownBase64url } from '#platform'
import { isVerificationError } from '@bailiwick/protocol'
import { AccessTokenError } from '../access-token-error.js'
import type { SigningAlgorithm } from '../algorithms.js'
import type { JwsHeader } from '../jws-header.js'
import type { KeyHint, KeySource, VerificationKey } from '../key-source.js'
import { checkAlgorithm } from './checks/algorithm.js'
import { checkCriticalHeader } from './checks/critical-header.js'
import { claimedIssuer } from './claimed-issuer.js'
import { parseCompactJws, type ParseCompactJwsInput } from './compact-jws.js'
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
}

/**
 * From a string to a payload that is signed by one of the keys.
 *
 * @throws {AccessTokenError}
 * @see {@link https://www.rfc-editor.org/rfc/rfc7515#section-5.2 RFC 7515 §5.2}
 */
export async function openCompactJws(token: string, input: OpenCompactJwsInput): Promise<OpenedJws> {
  const { header, encodedHeader, encodedPayload } = parseCompactJws(token, input)
  const alg = checkAlgorithm(header, input.algorithms)
  checkCriticalHeader(header)
  input.checkHeader?.(header)
  try {
    await checkSignature(token, input.keys, { alg, kid: header.kid })
  } catch (error) {
    throw withClaimedIssuer(error, encodedPayload)
  }
  input.knownHeaders?.add(encodedHeader, header)
  return { header, payload: decodeKnownBase64url(encodedPayload) }
}

/** A token of another environment is the commonest reason for a missing key, and its `iss` the quickest way to see that. */
function withClaimedIssuer(error: unknown, encodedPayload: string): unknown {
  if (!(error instanceof AccessTokenError) || error.code !== 'key_not_found') return error
  const iss = claimedIssuer(encodedPayload)
  const claimed = iss === undefined ? 'the token names no issuer' : `the token, unverified, says that its iss is ${quote(iss)}`
  return new AccessTokenError('key_not_found', { detail: [error.detail, claimed].filter(Boolean).join('; '), cause: error })
}

async function checkSignature(token: string, source: KeySource, hint: KeyHint): Promise<void> {
  const keys = await ask(() => source.keysFor(hint))
  if (await isSignedByOneOf(keys, token, hint.alg)) return
  const chosenByKid = hint.kid !== undefined && keys.some(({ kid }) => kid === hint.kid)
  if (!chosenByKid) {
    const newer = await ask(() => source.newerKeysFor(hint))
    const untried = newer.filter((key) => !keys.some((tried) => isSameKey(key, tried)))
    if (await isSignedByOneOf(untried, token, hint.alg)) return
  }
  throw new AccessTokenError('signature_invalid')
}

function isSameKey({ jwk: one }: VerificationKey, { jwk: other }: VerificationKey): boolean {
  return (['kty', 'crv', 'x', 'y', 'n', 'e'] as const).every((member) => one[member] === other[member])
}

/** A source may be an application's own: what it throws by accident says nothing about the token. */
async function ask(question: () => ReturnType<KeySource['keysFor']>): Promise<readonly VerificationKey[]> {
  try {
    const keys = await question()
    if (Array.isArray(keys)) return keys
    throw new TypeError('not a list of keys')
  } catch (cause) {
    if (isVerificationError(cause)) throw cause
    throw new AccessTokenError('keys_unavailable', { detail: 'the source of the keys failed', cause })
  }
}

/** A key that turns out to be broken does not keep the others from being tried. */
async function isSignedByOneOf(keys: readonly VerificationKey[], token: string, alg: SigningAlgorithm): Promise<boolean> {
  const broken: unknown[] = []
  for (const key of keys) {
    try {
      if (key.algorithms.includes(alg) && (await key.signed(token, alg))) return true
    } catch (cause) {
      broken.push(cause)
    }
  }
  if (broken.length === 0 || broken.length < keys.length) return false
  throw new AccessTokenError('key_unsuitable', { detail: 'what is published is not a key', cause: broken[0] })
}
