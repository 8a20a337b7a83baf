import { ConfigurationError, type Fetch } from '@bailiwick/protocol'
import type { JsonWebKeySet, KeySource } from '../key-source.js'
import { createRemoteJwks } from '../remote-jwks.js'
import { createStaticJwks } from './static-jwks.js'

/** The keys of an issuer: a set that is known, the URL of one, or a source that is shared (`createRemoteJwks`). */
export type KeysOption = { readonly jwks: JsonWebKeySet } | { readonly jwksUri: string } | KeySource

/** Turns the option into a source; a shared source is taken as it is, with the `fetch` and the clock that it has. */
export function resolveKeys(keys: KeysOption, network: { fetch?: Fetch; now?: () => number }): KeySource {
  if (typeof keys === 'object' && keys !== null) {
    if ('keysFor' in keys) return keys
    if ('jwks' in keys) return createStaticJwks(keys.jwks)
    if ('jwksUri' in keys) return createRemoteJwks({ jwksUri: keys.jwksUri, ...network })
  }
  throw new ConfigurationError('keys must be { jwks }, { jwksUri }, or what createRemoteJwks gave; leave it out to discover them')
}
