import { ConfigurationError, type Fetch } from '@bailiwick/protocol'
import { isSigningAlgorithm, type SigningAlgorithm, signingAlgorithms } from './algorithms.js'
import type { JwsHeader } from './internal/compact-jws.js'
import { openCompactJws } from './internal/open-compact-jws.js'
import { type KeysOption, resolveKeys } from './internal/resolve-keys.js'
import { createSharedRemoteJwks } from './internal/shared-remote-jwks.js'
import type { KeySource } from './key-source.js'

export interface VerifyCompactJwsOptions {
  keys: KeysOption
  /** The algorithms that may be used; say which, since nothing else is known of the document. */
  algorithms: readonly SigningAlgorithm[]
  /** The largest document, in characters. Default: 65,536. */
  maxBytes?: number
  /** For `keys.jwksUri`. Default: the global `fetch`. */
  fetch?: Fetch
}

export interface VerifiedJws {
  readonly header: JwsHeader
  readonly payload: Uint8Array
}

/**
 * Verifies a compact JWS: keys and signature alone, by the rules that hold for access tokens. The key set behind a `jwksUri` is
 * fetched once and kept for later calls.
 *
 * What is *not* checked: anything in the payload. It may not be a JWT, may have expired, and may be for somebody else.
 *
 * @throws AccessTokenError `token_too_large`, `token_malformed`, `token_encrypted`, `header_malformed`, `algorithm_not_allowed`,
 *   `critical_header_unknown`, `key_not_found`, `key_unsuitable`, `signature_invalid`, `keys_unavailable`
 * @throws ConfigurationError for an option that cannot work
 * @see {@link https://www.rfc-editor.org/rfc/rfc7515#section-5.2 RFC 7515 §5.2}
 */
export async function verifyCompactJws(token: string, options: VerifyCompactJwsOptions): Promise<VerifiedJws> {
  const { algorithms, maxBytes = 65_536 } = options
  if (!Array.isArray(algorithms) || algorithms.length === 0 || !algorithms.every(isSigningAlgorithm)) {
    throw new ConfigurationError(`algorithms must be some of ${signingAlgorithms.join(', ')}`)
  }
  return openCompactJws(token, { keys: keySourceOf(options), algorithms, maxTokenBytes: maxBytes })
}

function keySourceOf({ keys, fetch }: VerifyCompactJwsOptions): KeySource {
  return 'jwksUri' in keys ? createSharedRemoteJwks(keys.jwksUri, fetch) : resolveKeys(keys, {})
}
