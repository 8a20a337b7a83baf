import { isVerificationError } from '@bailiwick/protocol'
import { AccessTokenError } from '../access-token-error.js'
import type { SigningAlgorithm } from '../algorithms.js'
import type { JwsHeader } from '../jws-header.js'
import type { KeyHint, KeySource, VerificationKey } from '../key-source.js'
import { checkAlgorithm } from './checks/algorithm.js'
import { checkCriticalHeader } from './checks/critical-header.js'
import { parseCompactJws } from './compact-jws.js'
import { verifySignature } from './signature.js'

export interface OpenCompactJwsInput {
  keys: KeySource
  algorithms: readonly SigningAlgorithm[]
  maxTokenBytes: number
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
  const header = parseCompactJws(token, input)
  const alg = checkAlgorithm(header, input.algorithms)
  checkCriticalHeader(header)
  input.checkHeader?.(header)
  return { header, payload: await findPayload(token, input.keys, { alg, kid: header.kid }) }
}

async function findPayload(token: string, source: KeySource, hint: KeyHint): Promise<Uint8Array> {
  const keys = await ask(() => source.keysFor(hint))
  const payload = await tryKeys(token, hint.alg, keys)
  if (payload !== undefined) return payload
  const chosenByKid = hint.kid !== undefined && keys.some(({ kid }) => kid === hint.kid)
  const newer = chosenByKid ? undefined : await tryKeys(token, hint.alg, await ask(() => source.newerKeysFor(hint)))
  if (newer !== undefined) return newer
  throw new AccessTokenError('signature_invalid')
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
async function tryKeys(token: string, alg: SigningAlgorithm, keys: readonly VerificationKey[]): Promise<Uint8Array | undefined> {
  const broken: unknown[] = []
  for (const key of keys) {
    try {
      const payload = await verifySignature(token, key, alg)
      if (payload !== undefined) return payload
    } catch (cause) {
      broken.push(cause)
    }
  }
  if (broken.length === 0 || broken.length < keys.length) return undefined
  throw new AccessTokenError('key_unsuitable', { detail: 'what is published is not a key', cause: broken[0] })
}
