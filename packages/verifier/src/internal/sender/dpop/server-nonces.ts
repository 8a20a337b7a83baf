import { BoundedMap } from '@bailiwick/protocol'
import { base64url } from 'jose'
import { decodeBase64url } from '../../base64url.js'

/** Stateless nonces, which carry their time. */
export interface ServerNonces {
  /** The nonce of the current second. */
  current(): Promise<string>
  /** Whether a nonce was made with one of the secrets, recently enough. */
  isCurrent(nonce: string): Promise<boolean>
}

export interface ServerNoncesInput {
  /** At least one. The first makes nonces; all are accepted. */
  readonly secrets: readonly Uint8Array[]
  readonly lifetimeSeconds: number
  /** How far the clock of the instance that made a nonce may be ahead. */
  readonly clockToleranceSeconds: number
  /** Milliseconds since the epoch. */
  readonly now: () => number
}

/** A nonce is a time and its HMAC-SHA-256. */
const timeBytes = 8
const nonceBytes = timeBytes + 32
const nonceCharacters = Math.ceil((nonceBytes * 4) / 3)
/** Most clients have a nonce of the last seconds. */
const maxKnownNonces = 128
/** Domain separation: an HMAC made with this secret for another purpose is not a valid nonce. */
const purpose = new TextEncoder().encode('DPoP nonce\0')

/**
 * Nonces that any instance with the same secret can make and check: an authenticated timestamp, in seconds. All clients get the
 * same nonce within a second, and may use it more than once: replay is checked by `jti`.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-9 RFC 9449 §9} and §11.1
 */
export function createServerNonces({ secrets, lifetimeSeconds, clockToleranceSeconds, now }: ServerNoncesInput): ServerNonces {
  const copies = secrets.map((secret) => new Uint8Array(secret))
  // The keys and not their promise: on Workers a promise dies with the request that created it. So the nonce is cached, not its
  // promise.
  let keys: readonly CryptoKey[] | undefined
  /** The times of verified nonces. They are not secret: every client gets the same. */
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
    const [key] = await importedKeys()
    if (key === undefined) throw new TypeError('there is no secret')
    const mac = await crypto.subtle.sign('HMAC', key, withPurpose(time))
    return base64url.encode(concatenate(time, new Uint8Array(mac)))
  }

  async function isCurrent(nonce: string): Promise<boolean> {
    const second = known.get(nonce) ?? (await secondOf(nonce))
    if (second === undefined) return false
    const age = now() / 1000 - second
    return age >= -clockToleranceSeconds && age < lifetimeSeconds
  }

  /** When a nonce was made; `undefined` if it is not ours. */
  async function secondOf(nonce: string): Promise<number | undefined> {
    const decoded = nonce.length === nonceCharacters ? decodeBase64url(nonce) : undefined
    if (decoded === undefined) return undefined
    const time = decoded.slice(0, timeBytes)
    for (const key of await importedKeys()) {
      // `verify` compares in constant time.
      if (!(await crypto.subtle.verify('HMAC', key, decoded.slice(timeBytes), withPurpose(time)))) continue
      const second = decodeTime(time)
      known.set(nonce, second)
      return second
    }
    return undefined
  }

  /** Imports the keys on first use: some platforms allow no such work while a program is loaded. */
  async function importedKeys(): Promise<readonly CryptoKey[]> {
    keys ??= await Promise.all(
      copies.map((bytes) => crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify'])),
    )
    return keys
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
