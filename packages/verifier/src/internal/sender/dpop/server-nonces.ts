import { BoundedMap } from '@bailiwick/protocol'
import { base64url } from 'jose'
import { decodeBase64url } from '../../base64url.js'

/** Nonces that carry their time, and need no memory. */
export interface ServerNonces {
  /** A nonce of this second. */
  current(): Promise<string>
  /** Whether a nonce was made with one of the secrets, and not too long ago. */
  isCurrent(nonce: string): Promise<boolean>
}

export interface ServerNoncesInput {
  /** One at least. The first makes nonces; those of each are ours. */
  readonly secrets: readonly Uint8Array[]
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
export function createServerNonces({ secrets, lifetimeSeconds, clockToleranceSeconds, now }: ServerNoncesInput): ServerNonces {
  const copies = secrets.map((secret) => new Uint8Array(secret))
  // Neither their promise nor that of a nonce: Workers end it with the request that began it.
  let keys: readonly CryptoKey[] | undefined
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

  /** When a nonce was made; `undefined` for one that is not ours. */
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

  /** When they are first needed: some platforms allow no work of this kind while a program is being loaded. */
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
