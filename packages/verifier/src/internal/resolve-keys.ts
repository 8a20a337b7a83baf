import { ConfigurationError } from '@bailiwick/protocol'
import type { KeysOption, KeySource } from '../key-source.js'
import { createStaticJwks } from './static-jwks.js'

/** Turns the option into a source; a shared source is taken as it is, with the `fetch` and the clock that it has. */
export function resolveKeys<Remote>(keys: KeysOption, createRemote: (jwksUri: string) => Remote): KeySource | Remote {
  if (typeof keys === 'object' && keys !== null) {
    if ('keysFor' in keys) return keys
    if ('jwks' in keys) return createStaticJwks(keys.jwks)
    if ('jwksUri' in keys) return createRemote(keys.jwksUri)
  }
  throw new ConfigurationError('keys must be { jwks }, { jwksUri }, or what createRemoteJwks gave')
}
