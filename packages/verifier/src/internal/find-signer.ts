import { isVerificationError } from '@bailiwick/protocol'
import { AccessTokenError } from '../access-token-error.js'
import type { KeyHint, KeySource, VerificationKey } from '../key-source.js'

type Keys = readonly VerificationKey[]
type Answer<T> = T | Promise<T>

/**
 * Finds the key that made the signature of a compact JWS. Synchronous if the one key with the `kid` is in memory and cheap to
 * use: a promise would cost more than all the parsing.
 *
 * @throws {AccessTokenError} or rejects with one
 */
export function findSigner(token: string, source: KeySource, hint: KeyHint): Answer<VerificationKey> {
  let keys: Answer<Keys>
  try {
    keys = source.keysFor(hint)
  } catch (error) {
    return search(token, source, hint, failed(error))
  }
  const named = onlyNamed(keys, hint)
  if (named === undefined) return search(token, source, hint, keys)
  let signed: Answer<boolean>
  try {
    signed = named.signed(token, hint.alg)
  } catch (error) {
    signed = failed(error)
  }
  if (signed === true) return named
  if (signed === false) throw new AccessTokenError('signature_invalid')
  return search(token, source, hint, keys, signed)
}

/** Whether two keys have the same key material. */
export function isSameKey({ jwk: one }: VerificationKey, { jwk: other }: VerificationKey): boolean {
  return (['kty', 'crv', 'x', 'y', 'n', 'e'] as const).every((member) => one[member] === other[member])
}

/** Turns a synchronous error into a rejection, so that both are handled in one place. */
function failed(error: unknown): Promise<never> {
  const rejected = Promise.reject(error)
  rejected.catch(ignore)
  return rejected
}

function onlyNamed(keys: Answer<Keys>, { kid, alg }: KeyHint): VerificationKey | undefined {
  if (kid === undefined || !isList(keys) || keys.length !== 1) return undefined
  const [key] = keys
  return key?.kid === kid && key.algorithms.includes(alg) ? key : undefined
}

/** @param signedByFirst the answer of the first key, if it has been asked */
async function search(
  token: string,
  source: KeySource,
  hint: KeyHint,
  answer: Answer<Keys>,
  signedByFirst?: Answer<boolean>,
): Promise<VerificationKey> {
  const keys = await receive(answer)
  const signer = await signerAmong(keys, token, hint, signedByFirst)
  if (signer !== undefined) return signer
  const isChosenByKid = hint.kid !== undefined && keys.some(({ kid }) => kid === hint.kid)
  if (!isChosenByKid) {
    const newer = await receive(newerKeys(source, hint))
    const untried = newer.filter((key) => !keys.some((tried) => isSameKey(key, tried)))
    const newSigner = await signerAmong(untried, token, hint)
    if (newSigner !== undefined) return newSigner
  }
  throw new AccessTokenError('signature_invalid')
}

async function newerKeys(source: KeySource, hint: KeyHint): Promise<Keys> {
  return source.newerKeysFor(hint)
}

/** A key source may be custom: an unexpected error from it says nothing about the token. */
async function receive(answer: Answer<Keys>): Promise<Keys> {
  try {
    const keys = await answer
    if (isList(keys)) return keys
    throw new TypeError('not a list of keys')
  } catch (cause) {
    if (isVerificationError(cause)) throw cause
    throw new AccessTokenError('keys_unavailable', { detail: 'the source of the keys failed', cause, retryAfterSeconds: 1 })
  }
}

/** A broken key does not prevent the others from being tried. */
async function signerAmong(
  keys: Keys,
  token: string,
  { alg }: KeyHint,
  signedByFirst?: Answer<boolean>,
): Promise<VerificationKey | undefined> {
  const broken: unknown[] = []
  for (const [at, key] of keys.entries()) {
    try {
      const signed = at === 0 && signedByFirst !== undefined ? signedByFirst : key.algorithms.includes(alg) && key.signed(token, alg)
      if ((await signed) === true) return key
    } catch (cause) {
      broken.push(cause)
    }
  }
  if (broken.length === 0 || broken.length < keys.length) return undefined
  throw new AccessTokenError('key_unsuitable', { detail: 'what is published is not a key', cause: broken[0] })
}

function isList(keys: unknown): keys is Keys {
  return Array.isArray(keys)
}

/** Those who await the answer get the error. */
function ignore(): void {}
