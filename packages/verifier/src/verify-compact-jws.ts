import { decodeKnownBase64url } from '#platform'
import type { Fetch } from '@bailiwick/protocol'
import type { SigningAlgorithm } from './algorithms.js'
import { openCompactJws } from './internal/open-compact-jws.js'
import { checkAlgorithms, checkFunctions, checkNumber, checkOptionNames } from './internal/options.js'
import { resolveKeys } from './internal/resolve-keys.js'
import { createSharedRemoteJwks } from './internal/shared-remote-jwks.js'
import type { VerifiedJwsHeader } from './jws-header.js'
import type { KeysOption } from './key-source.js'

/** Which keys and algorithms a document may be signed with. */
export interface VerifyCompactJwsOptions {
  /** A set that is given as `jwks` is read anew on every call. */
  keys: KeysOption
  /** The algorithms that may be used; say which, since nothing else is known of the document. */
  algorithms: readonly SigningAlgorithm[]
  /** The largest document, in characters, which are a byte each. Default: 65,536. */
  maxBytes?: number | undefined
  /** For `keys.jwksUri`. Default: the global `fetch`. */
  fetch?: Fetch | undefined
}

const optionNames = ['keys', 'algorithms', 'maxBytes', 'fetch'] as const satisfies readonly (keyof VerifyCompactJwsOptions)[]

/** What was signed. */
export interface VerifiedJws {
  readonly header: VerifiedJwsHeader
  /** The bytes, which may be none. */
  readonly payload: Uint8Array
}

/**
 * Verifies a compact JWS: keys and signature alone, by the rules that hold for access tokens. The key set behind a `jwksUri` is
 * fetched once and kept for later calls with the same `fetch`, by the defaults of `createRemoteJwks`.
 *
 * What is *not* checked: anything in the payload, and `typ`. It may not be a JWT, may have expired, and may be for somebody else.
 *
 * @throws {AccessTokenError} `token_too_large`, `token_malformed`, `token_encrypted`, `header_malformed`,
 *   `algorithm_not_allowed`, `critical_header_unknown`, `key_not_found`, `key_unsuitable`, `signature_invalid`, `keys_unavailable`
 * @throws {ConfigurationError} for an option that cannot work
 * @see {@link https://www.rfc-editor.org/rfc/rfc7515#section-5.2 RFC 7515 §5.2}
 * @example
 * import { verifyCompactJws } from '@bailiwick/verifier'
 *
 * const { payload } = await verifyCompactJws('eyJhbGciOiJFUzI1NiIs…', {
 *   keys: { jwksUri: 'https://login.example.com/jwks' },
 *   algorithms: ['ES256'],
 * })
 */
export async function verifyCompactJws(token: string, options: VerifyCompactJwsOptions): Promise<VerifiedJws> {
  checkOptionNames('verifyCompactJws', options, optionNames)
  const { fetch } = options
  checkFunctions({ fetch })
  const { header, encodedPayload } = await openCompactJws(token, {
    keys: resolveKeys(options.keys, (jwksUri) => createSharedRemoteJwks(jwksUri, fetch)),
    algorithms: checkAlgorithms(options.algorithms),
    maxTokenBytes: checkNumber('maxBytes', options.maxBytes ?? 65_536, { min: 1 }),
  })
  return { header, payload: decodeKnownBase64url(encodedPayload) }
}
