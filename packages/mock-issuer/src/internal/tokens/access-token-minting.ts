import type { AccessTokenClaims, AccessTokenOptions, OpaqueTokenOptions } from '../../access-token.js'
import type { IssuerContract } from '../../contract.js'
import { findContractBreach } from '../contract-check.js'
import type { ContractBreach } from '../contract-check.js'
import { randomToken } from '../random-token.js'
import type { SigningKeys } from '../signing/signing-keys.js'
import { signJws } from '../signing/sign-jws.js'
import { createGrant } from './grant.js'
import type { Grant } from './grant.js'
import type { IssuedAccessTokens } from './issued-access-tokens.js'

export interface AccessTokenMintInput {
  readonly keys: SigningKeys
  readonly issued: IssuedAccessTokens
  readonly contract: IssuerContract | undefined
  readonly audience: string | readonly string[]
  readonly defaultSub: string
  readonly defaultClientId: string
  readonly accessTokenTtlSeconds: number
  issuerName(): string
  now(): number
}

/** An access token, or why the contract does not allow it. */
export type MintedAccessToken =
  | {
      readonly token: string
      readonly claims: Readonly<Record<string, unknown>>
      readonly expiresInSeconds: number
      readonly breach?: undefined
    }
  | { readonly breach: ContractBreach }

/** The one place where access tokens come from, whoever asks: the token endpoint or a test. */
export interface AccessTokenMint {
  jwt(claims: AccessTokenClaims, options: AccessTokenOptions, grant?: Grant): Promise<MintedAccessToken>
  opaque(claims: AccessTokenClaims, options: OpaqueTokenOptions, grant?: Grant): Promise<MintedAccessToken>
  /** Why the contract would not allow a token with these claims. */
  findBreach(claims: AccessTokenClaims): Promise<ContractBreach | undefined>
}

export function createAccessTokenMint(input: AccessTokenMintInput): AccessTokenMint {
  function complete(given: AccessTokenClaims, expiresInSeconds = input.accessTokenTtlSeconds): Record<string, unknown> {
    const iat = Math.floor(input.now() / 1000)
    const defaults = {
      iss: input.issuerName(),
      aud: input.audience,
      sub: input.defaultSub,
      client_id: input.defaultClientId,
      iat,
      exp: iat + expiresInSeconds,
      jti: crypto.randomUUID(),
    }
    return withoutUndefined({ ...defaults, ...given })
  }

  async function check(claims: Readonly<Record<string, unknown>>): Promise<ContractBreach | undefined> {
    return input.contract && findContractBreach(input.contract, claims)
  }

  async function mint(
    format: 'jwt' | 'opaque',
    given: AccessTokenClaims,
    options: AccessTokenOptions,
    grant: Grant | undefined,
  ): Promise<MintedAccessToken> {
    const claims = complete(given, options.expiresInSeconds)
    const breach = options.breakContract ? undefined : await check(claims)
    if (breach !== undefined) return { breach }
    const token = format === 'jwt' ? await signAccessToken(input.keys, claims, options) : randomToken()
    input.issued.add(token, { format, claims, grant: grant ?? createGrant(String(claims['client_id'])), revoked: false })
    return { token, claims, expiresInSeconds: options.expiresInSeconds ?? input.accessTokenTtlSeconds }
  }

  return {
    jwt: (claims, options, grant) => mint('jwt', claims, options, grant),
    opaque: (claims, options, grant) => mint('opaque', claims, options, grant),
    findBreach: (claims) => check(complete(claims)),
  }
}

async function signAccessToken(
  keys: SigningKeys,
  claims: Readonly<Record<string, unknown>>,
  options: Pick<AccessTokenOptions, 'algorithm' | 'header'>,
): Promise<string> {
  const key = await keys.current(options.algorithm)
  return signJws({ header: { alg: key.algorithm, typ: 'at+jwt', kid: key.kid, ...options.header }, payload: claims, key })
}

function withoutUndefined(claims: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined))
}
