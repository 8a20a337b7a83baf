import { BoundedMap } from '@bailiwick/protocol'
import { base64url } from 'jose'
import { decodeBase64url } from '../../base64url.js'

/** Nonces that carry their time, and need no memory. */
export interface ServerNonces {
  /** A nonce of this second. */
  current(): Promise<string>
  /** Whether a nonce was made with the same secret, and not too long ago. */
  isCurrent(nonce: string): Promise<boolean>
}

export interface ServerNoncesInput {
  readonly secret: Uint8Array
  readonly lifetimeSeconds: number
  /** How far the clock of whoever made a nonce may be ahead. */
  readonly clockToleranceSeconds: number
  /** Milliseconds since the epoch. */
  readonly now: () => number
}

/** A time and its HMAC-SHA-256. */
const timeBytes = 8
const nonceBytes = timeBytes + 32
const nonceCharacters = Math.ceil((nonceBytes * 4) / 3)
/** Clients mostly have one of the last seconds. */
const maxKnownNonces = 128
/** Keeps what else the secret may be used for from being a nonce. */
const purpose = new TextEncoder().encode('DPoP nonce\0')

/**
 * Nonces that any instance with the same secret can make and check: the second in which it was made, authenticated. They are the
 * same for all clients of that second, and may be used more than once: it is the `jti` that is used up.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-9 RFC 9449 §9} and §11.1
 */
export function createServerNonces({ secret, lifetimeSeconds, clockToleranceSeconds, now }: ServerNoncesInput): ServerNonces {
  const bytes = new Uint8Array(secret)
  // Neither its promise nor that of a nonce: Workers end it with the request that began it.
  let key: CryptoKey | undefined
  /** The seconds of nonces that were found to be ours. They are no secret: everybody is given the same. */
  const known = new BoundedMap<number>({ maxEntries: maxKnownNonces })
  let latest: { readonly second: number; readonly nonce: string } | undefined

  return { current, isCurrent }

  async function current(): Promise<string> {
    const second = Math.floor(now() / 1000)
    if (latest?.second !== second) latest = { second, nonce: await make(second) }
    return latest.nonce
  }

  async function make(second: number): Promise<string> {
    const time = encodeTime(second)
    const mac = await crypto.subtle.sign('HMAC', await importedKey(), withPurpose(time))
    return base64url.encode(concatenate(time, new Uint8Array(mac)))
  }

  async function isCurrent(nonce: string): Promise<boolean> {
    const second = known.get(nonce) ?? (await secondOf(nonce))
    if (second === undefined) return false
    const age = now() / 1000 - second
    return age >= -clockToleranceSeconds && age < lifetimeSeconds
  }

  /** When a nonce was made; `undefined` for one that is not ours. */
  async function secondOf(nonce: string): Promise<number | undefined> {
    const decoded = nonce.length === nonceCharacters ? decodeBase64url(nonce) : undefined
    if (decoded === undefined) return undefined
    const time = decoded.slice(0, timeBytes)
    // `verify` compares in constant time.
    const isOurs = await crypto.subtle.verify('HMAC', await importedKey(), decoded.slice(timeBytes), withPurpose(time))
    if (!isOurs) return undefined
    const second = decodeTime(time)
    known.set(nonce, second)
    return second
  }

  /** When it is first needed: some platforms allow no work of this kind while a program is being loaded. */
  async function importedKey(): Promise<CryptoKey> {
    key ??= await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify'])
    return key
  }
}

function withPurpose(time: Uint8Array): Uint8Array<ArrayBuffer> {
  return concatenate(purpose, time)
}

function concatenate(one: Uint8Array, other: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(one.length + other.length)
  bytes.set(one)
  bytes.set(other, one.length)
  return bytes
}

function encodeTime(second: number): Uint8Array {
  const bytes = new Uint8Array(timeBytes)
  new DataView(bytes.buffer).setFloat64(0, second)
  return bytes
}

function decodeTime(bytes: Uint8Array): number {
  return new DataView(bytes.buffer, bytes.byteOffset, timeBytes).getFloat64(0)
}
