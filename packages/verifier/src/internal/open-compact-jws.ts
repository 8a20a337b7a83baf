import { AccessTokenError } from '../access-token-error.js'
import type { SigningAlgorithm } from '../algorithms.js'
import type { KeySource, VerificationKey } from '../key-source.js'
import { checkAlgorithm } from './checks/algorithm.js'
import { checkCriticalHeader } from './checks/critical-header.js'
import { type JwsHeader, parseCompactJws } from './compact-jws.js'
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
 * @throws AccessTokenError
 * @see {@link https://www.rfc-editor.org/rfc/rfc7515#section-5.2 RFC 7515 §5.2}
 */
export async function openCompactJws(token: string, input: OpenCompactJwsInput): Promise<OpenedJws> {
  const header = parseCompactJws(token, input)
  const alg = checkAlgorithm(header, input.algorithms)
  checkCriticalHeader(header)
  input.checkHeader?.(header)
  const hint = { alg, kid: header.kid }
  const payload =
    (await tryKeys(token, alg, await input.keys.keysFor(hint))) ??
    // Without a kid nothing but the signature tells that the keys have changed.
    (header.kid === undefined ? await tryKeys(token, alg, await input.keys.newerKeysFor(hint)) : undefined)
  if (payload === undefined) throw new AccessTokenError('signature_invalid')
  return { header, payload }
}

async function tryKeys(token: string, alg: SigningAlgorithm, keys: readonly VerificationKey[]): Promise<Uint8Array | undefined> {
  for (const key of keys) {
    const payload = await verifySignature(token, key, alg).catch((cause: unknown) => {
      throw new AccessTokenError('keys_unavailable', { detail: 'a published key is broken', cause })
    })
    if (payload !== undefined) return payload
  }
  return undefined
}
