import type { IdTokenClaims, IdTokenOptions } from '../../id-token.js'
import type { SigningKeys } from '../signing/signing-keys.js'
import { signJws } from '../signing/sign-jws.js'
import { createGrant } from './grant.js'
import type { Grant } from './grant.js'
import type { IssuedIdTokens } from './issued-id-tokens.js'

export interface IdTokenMintInput {
  readonly keys: SigningKeys
  readonly issuedIdTokens: IssuedIdTokens
  readonly defaultSub: string
  readonly defaultClientId: string
  issuerName(): string
  now(): number
}

const defaultTtlSeconds = 300

/**
 * The one place where ID tokens come from: mints one with the claims of OpenID Connect Core 1.0 §2, the given ones on top.
 *
 * @param grant what the token comes of. Default: one of its own, which never ends
 */
export async function mintIdToken(input: IdTokenMintInput, claims: IdTokenClaims, options: IdTokenOptions, grant?: Grant): Promise<string> {
  const key = await input.keys.current(options.algorithm)
  const iat = Math.floor(input.now() / 1000)
  const defaults = {
    iss: input.issuerName(),
    sub: input.defaultSub,
    aud: input.defaultClientId,
    iat,
    exp: iat + (options.expiresInSeconds ?? defaultTtlSeconds),
  }
  const payload: Readonly<Record<string, unknown>> = { ...defaults, ...claims }
  const token = await signJws({ header: { alg: key.algorithm, typ: 'JWT', kid: key.kid, ...options.header }, payload, key })
  await input.issuedIdTokens.add(token, grant ?? createGrant(String(payload['aud'])), payload['exp'])
  return token
}
