import type { AccessTokenOptions } from '../../access-token.js'
import type { LogoutTokenClaims } from '../../logout.js'
import { signJws } from '../signing/sign-jws.js'
import type { SigningKeys } from '../signing/signing-keys.js'

export interface LogoutTokenMintInput {
  readonly keys: SigningKeys
  readonly defaultSub: string
  readonly defaultClientId: string
  issuerName(): string
  now(): number
}

// §4 of the specification recommends two minutes at most.
const defaultTtlSeconds = 120

/** The one place where logout tokens come from: with the claims of OpenID Connect Back-Channel Logout 1.0 §2.4, the given ones on top. */
export async function mintLogoutToken(
  input: LogoutTokenMintInput,
  claims: LogoutTokenClaims,
  options: Pick<AccessTokenOptions, 'expiresInSeconds' | 'algorithm' | 'header'> = {},
): Promise<string> {
  const key = await input.keys.current(options.algorithm)
  const iat = Math.floor(input.now() / 1000)
  const defaults = {
    iss: input.issuerName(),
    sub: input.defaultSub,
    aud: input.defaultClientId,
    iat,
    exp: iat + (options.expiresInSeconds ?? defaultTtlSeconds),
    jti: crypto.randomUUID(),
    events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
  }
  const header = { alg: key.algorithm, typ: 'logout+jwt', kid: key.kid, ...options.header }
  return signJws({ header, payload: { ...defaults, ...claims }, key })
}
