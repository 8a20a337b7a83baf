import type { JSONWebKeySet } from 'jose'
import type { AccessTokenClaims, AccessTokenOptions } from '../../access-token.js'
import type { IdTokenClaims, IdTokenOptions } from '../../id-token.js'
import type { SignInput } from '../../signed-token.js'

/** What forging needs of an issuer: just what it offers to everybody. */
export interface ForgeableIssuer {
  readonly issuer: string
  accessToken(claims?: AccessTokenClaims, options?: AccessTokenOptions): Promise<string>
  idToken(claims?: IdTokenClaims, options?: IdTokenOptions): Promise<string>
  sign(input: SignInput): Promise<string>
  jwks(): Promise<JSONWebKeySet>
  readonly clock: { now(): number }
}
