import type { IdTokenClaims, IdTokenOptions } from '../../id-token.js'
import type { SigningKeys } from '../signing/signing-keys.js'
import { signJws } from '../signing/sign-jws.js'

export interface IdTokenMintInput {
  readonly keys: SigningKeys
  readonly defaultSub: string
  readonly defaultClientId: string
  issuerName(): string
  now(): number
}

const defaultTtlSeconds = 300

/** The one place where ID tokens come from: mints one with the claims of OpenID Connect Core 1.0 §2, the given ones on top. */
export async function mintIdToken(input: IdTokenMintInput, claims: IdTokenClaims, options: IdTokenOptions): Promise<string> {
  const key = await input.keys.current(options.algorithm)
  const iat = Math.floor(input.now() / 1000)
  const defaults = {
    iss: input.issuerName(),
    sub: input.defaultSub,
    aud: input.defaultClientId,
    iat,
    exp: iat + (options.expiresInSeconds ?? defaultTtlSeconds),
  }
  return signJws({ header: { alg: key.algorithm, typ: 'JWT', kid: key.kid, ...options.header }, payload: { ...defaults, ...claims }, key })
}
