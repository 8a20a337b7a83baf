import { ConfigurationError } from '@bailiwick/protocol'
import { AccessTokenError } from '../access-token-error.js'
import type { JsonWebKeySet, KeySource } from '../key-source.js'
import { type KeySet, parseKeySet } from './key-set.js'

/** A fixed key set. */
export function createStaticJwks(jwks: JsonWebKeySet): KeySource {
  const keySet = readKeySet(jwks)
  return {
    keysFor(hint) {
      const selection = keySet.select(hint)
      if (selection.kind === 'keys') return selection.keys
      if (selection.kind === 'unsuitable') throw new AccessTokenError('key_unsuitable', { detail: selection.reason })
      if (selection.broken !== undefined) throw new AccessTokenError('key_unsuitable', { detail: selection.broken })
      throw new AccessTokenError('key_not_found')
    },
    newerKeysFor: () => Promise.resolve([]),
  }
}

function readKeySet(jwks: JsonWebKeySet): KeySet {
  let keySet: KeySet
  try {
    keySet = parseKeySet(jwks, { maxKeys: Number.POSITIVE_INFINITY })
  } catch (cause) {
    throw new ConfigurationError('keys.jwks must be a JWK Set: { keys: [ … ] }', { cause })
  }
  if (keySet.keys.length === 0) {
    const reasons = keySet.unusable.map(({ reason }) => `; ${reason}`).join('')
    throw new ConfigurationError(`keys.jwks has no key that can verify a signature${reasons}`)
  }
  return keySet
}
