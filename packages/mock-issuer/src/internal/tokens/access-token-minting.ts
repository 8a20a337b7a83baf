import type { AccessTokenFormat } from '../../access-token-format.js'
import type { AccessTokenClaims, AccessTokenOptions } from '../../access-token.js'
import type { IssuerClient } from '../../client.js'
import type { IssuerContract } from '../../contract.js'
import type { GrantType } from '../../grant-type.js'
import type { Laxity } from '../../laxity.js'
import { askClaimsProvider } from '../claims-provider/claims-provider.js'
import type { ClaimsProviderInput } from '../claims-provider/claims-provider.js'
import { findContractBreach } from '../contract-check.js'
import type { ContractBreach } from '../contract-check.js'
import type { SigningKeys } from '../signing/signing-keys.js'
import type { SplitTokenPublisher } from '../split/split-token-publisher.js'
import { formAccessToken } from './access-token-forms.js'
import type { AccessTokenForms } from './access-token-forms.js'
import { createGrant } from './grant.js'
import type { Grant } from './grant.js'
import type { IssuedAccessTokens } from './issued-access-tokens.js'

export interface AccessTokenMintInput extends ClaimsProviderInput {
  readonly keys: SigningKeys
  readonly issued: IssuedAccessTokens
  readonly splitTokenPublisher: SplitTokenPublisher
  readonly clients: ReadonlyMap<string, IssuerClient>
  readonly accessTokenFormat: AccessTokenFormat
  readonly contract: IssuerContract | undefined
  readonly lax: ReadonlySet<Laxity>
  readonly audience: string | readonly string[]
  readonly defaultSub: string
  readonly defaultClientId: string
  readonly accessTokenTtlSeconds: number
  issuerName(): string
  now(): number
}

/** An access token, or why the contract does not allow it. */
export type MintedAccessToken =
  | (AccessTokenForms & {
      readonly claims: Readonly<Record<string, unknown>>
      readonly expiresInSeconds: number
      readonly breach?: undefined
    })
  | { readonly breach: ContractBreach }

/** The one place where access tokens come from, whoever asks: the token endpoint or a test. */
export interface AccessTokenMint {
  /** Issues a token to the client of a grant, in the client's format, with what the claims provider says. */
  issue(claims: AccessTokenClaims, grant: Grant): Promise<MintedAccessToken>
  /** Mints a token for a test: in the format and with the claims that it asks for, and no others. */
  mint(format: AccessTokenFormat, claims: AccessTokenClaims, options: AccessTokenOptions): Promise<MintedAccessToken>
  /** Why the contract would not allow a client to be issued a token with these claims. With a contract, the claims provider is asked. */
  findBreach(claims: AccessTokenClaims): Promise<ContractBreach | undefined>
  /** The same mint for token requests of one grant type, which the claims provider is told. */
  forGrantType(grantType: GrantType): AccessTokenMint
  /** The claims of a token about which nothing is known but that it would be the issuer's. */
  defaultClaims(): Readonly<Record<string, unknown>>
}

/**
 * Creates the mint of one issuer.
 *
 * @param grantType of the token requests that it is for, if it is for one type
 */
export function createAccessTokenMint(input: AccessTokenMintInput, grantType?: GrantType): AccessTokenMint {
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

  async function completeIssued(given: AccessTokenClaims): Promise<Record<string, unknown>> {
    const claims = complete(given)
    return withoutUndefined({ ...claims, ...(await askClaimsProvider(input, claims, grantType)) })
  }

  async function check(claims: Readonly<Record<string, unknown>>): Promise<ContractBreach | undefined> {
    return input.contract && findContractBreach(input.contract, claims, input.lax)
  }

  async function remember(
    format: AccessTokenFormat,
    claims: Readonly<Record<string, unknown>>,
    grant: Grant,
    options: AccessTokenOptions,
  ): Promise<MintedAccessToken> {
    const breach = options.breakContract ? undefined : await check(claims)
    if (breach !== undefined) return { breach }
    const forms = await formAccessToken(format, claims, input.keys, options)
    input.issued.add(forms.token, { format, claims, grant, jwt: forms.jwt, revoked: false })
    if (forms.published !== undefined) input.splitTokenPublisher.publish(forms.published, claims)
    return { ...forms, claims, expiresInSeconds: lifetimeSeconds(claims) ?? input.accessTokenTtlSeconds }
  }

  return {
    async issue(given, grant) {
      const format = input.clients.get(grant.clientId)?.accessTokenFormat ?? input.accessTokenFormat
      return remember(format, await completeIssued(given), grant, {})
    },
    async mint(format, given, options) {
      const claims = complete(given, options.expiresInSeconds)
      return remember(format, claims, createGrant(String(claims['client_id'])), options)
    },
    findBreach: async (claims) => (input.contract === undefined ? undefined : check(await completeIssued(claims))),
    forGrantType: (type) => createAccessTokenMint(input, type),
    defaultClaims: () => complete({}),
  }
}

function lifetimeSeconds({ iat, exp }: Readonly<Record<string, unknown>>): number | undefined {
  return typeof iat === 'number' && typeof exp === 'number' ? Math.floor(exp - iat) : undefined
}

function withoutUndefined(claims: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined))
}
