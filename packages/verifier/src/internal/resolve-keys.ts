import { ConfigurationError } from '@bailiwick/protocol'
import type { KeysOption, KeySource } from '../key-source.js'
import { checkOptionNames } from './options.js'
import { createStaticJwks } from './static-jwks.js'

/** Resolves the `keys` option to a source. A given source is used as it is, with its own `fetch` and clock. */
export function resolveKeys<Remote>(keys: KeysOption, createRemote: (jwksUri: string) => Remote): KeySource | Remote {
  if (typeof keys === 'object' && keys !== null) {
    if ('keysFor' in keys) return checkSource(keys)
    if ('jwks' in keys) {
      checkOptionNames('keys', keys, ['jwks'])
      return createStaticJwks(keys.jwks)
    }
    if ('jwksUri' in keys) {
      checkOptionNames('keys', keys, ['jwksUri'])
      return createRemote(keys.jwksUri)
    }
  }
  throw notKeys()
}

/** Without this check, an invalid source would only show with the first token, as an outage. */
function checkSource(source: KeySource): KeySource {
  if (typeof source.keysFor === 'function' && typeof source.newerKeysFor === 'function') return source
  throw notKeys()
}

function notKeys(): ConfigurationError {
  return new ConfigurationError(
    'keys must be { jwks }, { jwksUri }, or what createRemoteJwks gave (a source of your own has keysFor and newerKeysFor)',
  )
}
