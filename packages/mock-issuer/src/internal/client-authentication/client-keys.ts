import { createLocalJWKSet, errors, jwtVerify } from 'jose'
import type { JSONWebKeySet, JWTPayload, JWTVerifyOptions } from 'jose'
import type { IssuerClient } from '../../client.js'
import { createExpiringMap } from '../expiring-map.js'
import { readBoundedJson } from './bounded-json.js'

/** Reaches others than the issuer: the option `fetch`. */
export type OutwardFetch = (input: string, init?: RequestInit) => Promise<Response>

/** The public keys that clients are registered with: in place (`jwks`), or by reference (`jwksUri`). */
export interface ClientKeys {
  /**
   * The key set of a client; an empty one for a client without keys. One by reference is kept for five minutes.
   *
   * @param newerThanMs fetches a set again that was fetched before this time, in milliseconds since the epoch; default: none is
   * @throws {ClientKeysError} when the set cannot be had
   */
  load(client: IssuerClient, newerThanMs?: number): Promise<JSONWebKeySet>
  now(): number
}

/** The key set of a client cannot be had. The message does not say what the other side answered. */
export class ClientKeysError extends Error {}

const timeoutMs = 5_000
const maxKeys = 100
const maxSets = 1_000
const lifetimeMs = 300_000

/** Creates the keys of one issuer's clients. `fetch` is asked for no more than 64 kB and five seconds, and follows no redirect. */
export function createClientKeys({ fetch, now }: { fetch: OutwardFetch; now: () => number }): ClientKeys {
  const fetched = createExpiringMap<{ readonly jwks: JSONWebKeySet; readonly atMs: number }>({ now, maxEntries: maxSets })
  return {
    now,
    async load({ jwks, jwksUri }, newerThanMs = -Infinity) {
      if (jwksUri === undefined) return jwks ?? { keys: [] }
      const kept = fetched.get(jwksUri)
      if (kept !== undefined && kept.atMs >= newerThanMs) return kept.jwks
      const fresh = await fetchJwks(fetch, jwksUri)
      fetched.set(jwksUri, { jwks: fresh, atMs: now() }, now() + lifetimeMs)
      return fresh
    },
  }
}

/** After how long a set by reference is fetched again for a key that it lacks, in milliseconds. */
const cooldownMs = 1_000

/**
 * Does something with the key set of a client, and once more with a newer one if that did not work and the client may have rotated
 * its keys: `attempt` says so by returning `undefined`.
 */
export async function withClientKeys<Result>(
  client: IssuerClient,
  clientKeys: ClientKeys,
  attempt: (jwks: JSONWebKeySet) => Promise<Result | undefined>,
): Promise<Result | undefined> {
  const jwks = await clientKeys.load(client)
  const result = await attempt(jwks)
  if (result !== undefined || client.jwksUri === undefined) return result
  const newer = await clientKeys.load(client, clientKeys.now() - cooldownMs)
  return newer === jwks ? undefined : attempt(newer)
}

/**
 * Verifies a JWT by any key of a set that its header allows.
 * @returns its claims, or `undefined` if no key of the set signed it
 * @throws {errors.JOSEError} for whatever else is wrong with it
 */
export async function verifyByKeySet(jwt: string, jwks: JSONWebKeySet, options: JWTVerifyOptions): Promise<JWTPayload | undefined> {
  try {
    return (await jwtVerify(jwt, createLocalJWKSet(jwks), options)).payload
  } catch (error) {
    if (isOfOtherKey(error)) return undefined
    if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error
    for await (const key of error) {
      const verified = await jwtVerify(jwt, key, options).catch((reason: unknown) =>
        isOfOtherKey(reason) ? undefined : Promise.reject(reason),
      )
      if (verified !== undefined) return verified.payload
    }
    return undefined
  }
}

function isOfOtherKey(error: unknown): boolean {
  return error instanceof errors.JWSSignatureVerificationFailed || error instanceof errors.JWKSNoMatchingKey
}

async function fetchJwks(fetch: OutwardFetch, uri: string): Promise<JSONWebKeySet> {
  try {
    const response = await fetch(uri, {
      headers: { accept: 'application/jwk-set+json, application/json' },
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    })
    if (response.status !== 200) throw new ClientKeysError('The jwks_uri of the client does not answer 200.')
    return readKeySet(await readBoundedJson(response))
  } catch (error) {
    if (error instanceof ClientKeysError) throw error
    throw new ClientKeysError('The jwks_uri of the client cannot be read.', { cause: error })
  }
}

function readKeySet(value: unknown): JSONWebKeySet {
  const keys: unknown = typeof value === 'object' && value !== null && 'keys' in value ? value.keys : undefined
  const usable = Array.isArray(keys) && keys.length <= maxKeys && keys.every((key) => typeof key === 'object' && key !== null)
  if (!usable) throw new ClientKeysError(`The jwks_uri of the client does not give a JWK set of at most ${maxKeys} keys.`)
  return { keys: keys as JSONWebKeySet['keys'] }
}
