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
  /** The keys. A set given as `jwks` is parsed on every call. */
  keys: KeysOption
  /** The accepted algorithms. There is no default, since nothing else is known about the document. */
  algorithms: readonly SigningAlgorithm[]
  /** The largest document, in characters of a byte each. Default: 65,536. */
  maxBytes?: number | undefined
  /** For `keys.jwksUri`. Default: the global `fetch`. */
  fetch?: Fetch | undefined
}

const optionNames = ['keys', 'algorithms', 'maxBytes', 'fetch'] as const satisfies readonly (keyof VerifyCompactJwsOptions)[]

/** The signed content. */
export interface VerifiedJws {
  readonly header: VerifiedJwsHeader
  /** The bytes of the payload, which may be empty. */
  readonly payload: Uint8Array
}

/**
 * Verifies a compact JWS: key and signature only, by the rules for access tokens. The key set of a `jwksUri` is cached for
 * later calls with the same `fetch`, with the defaults of `createRemoteJwks`.
 *
 * What is *not* checked: anything in the payload, and `typ`. It may not be a JWT, may have expired, and may be meant for
 * somebody else.
 *
 * @throws {AccessTokenError} `token_too_large`, `token_malformed`, `token_encrypted`, `header_malformed`,
 *   `algorithm_not_allowed`, `critical_header_unknown`, `key_not_found`, `key_unsuitable`, `signature_invalid`,
 *   `keys_unavailable`
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
