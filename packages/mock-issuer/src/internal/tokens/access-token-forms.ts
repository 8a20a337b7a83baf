import type { AccessTokenFormat } from '../../access-token-format.js'
import type { AccessTokenOptions } from '../../access-token.js'
import type { PublishedSplitToken } from '../../split-token.js'
import { randomToken } from '../random-token.js'
import type { SigningKeys } from '../signing/signing-keys.js'
import { signJws } from '../signing/sign-jws.js'
import { splitJwt } from '../split/split-jwt.js'

/** One access token in the form that the client gets, and the others that it has. */
export interface AccessTokenForms {
  /** What the client gets. */
  readonly token: string
  /** The signed token; the client's own for the format `jwt`, and `undefined` for an opaque token without one. */
  readonly jwt: string | undefined
  readonly published?: PublishedSplitToken | undefined
}

/** Brings claims into a format: signed, referred to, or both. */
export async function formAccessToken(
  format: AccessTokenFormat,
  claims: Readonly<Record<string, unknown>>,
  keys: SigningKeys,
  options: Pick<AccessTokenOptions, 'algorithm' | 'header'>,
): Promise<AccessTokenForms> {
  if (format === 'opaque') return { token: randomToken(), jwt: undefined }
  const jwt = await signAccessToken(keys, claims, options)
  if (format === 'jwt') return { token: jwt, jwt }
  if (format === 'phantom') return { token: randomToken(), jwt }
  return { jwt, ...(await splitJwt(jwt)) }
}

/** Signs an access token with the header of RFC 9068 §2.1. */
export async function signAccessToken(
  keys: SigningKeys,
  claims: Readonly<Record<string, unknown>>,
  options: Pick<AccessTokenOptions, 'algorithm' | 'header'> = {},
): Promise<string> {
  const key = await keys.current(options.algorithm)
  return signJws({ header: { alg: key.algorithm, typ: 'at+jwt', kid: key.kid, ...options.header }, payload: claims, key })
}
