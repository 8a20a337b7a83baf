import type { JWK } from 'jose'
import type { AccessTokenClaims } from '../../access-token.js'
import type { Attacker } from '../../attacker.js'
import { createAttacker } from '../../attacker.js'
import type { SigningAlgorithm } from '../../signing-algorithm.js'
import { decodePart, merged, splitToken } from './compact-token.js'
import type { ForgeableIssuer } from './forgeable-issuer.js'

/** A token that an API accepts, and what there is to make others from it. */
export interface GoodToken {
  readonly token: string
  readonly algorithm: SigningAlgorithm
  /** `alg`, `typ` and `kid`. */
  readonly header: Readonly<Record<string, unknown>>
  readonly claims: Readonly<Record<string, unknown>>
  readonly issuer: ForgeableIssuer
  readonly nowSeconds: number
  /** Signs with the same genuine key; changes are merged over header and claims, and `undefined` removes a member. */
  resign(changes: Changes): Promise<string>
  /** The public half of the key that signed it. */
  publicJwk(): Promise<JWK>
  readonly attacker: Attacker
}

/** How a token that the issuer signs differs from the good one. */
export interface Changes {
  readonly header?: Readonly<Record<string, unknown>>
  readonly claims?: Readonly<Record<string, unknown>>
  /** In place of the claims, as it is. */
  readonly payload?: string
  /** In place of the header, as it is. */
  readonly headerText?: string
}

/** What `makeGoodToken` makes one from. */
export interface GoodTokenInput {
  readonly issuer: ForgeableIssuer
  readonly claims: AccessTokenClaims
  readonly algorithm: SigningAlgorithm | undefined
  readonly header: Readonly<Record<string, unknown>> | undefined
  readonly attacker: Attacker | undefined
  readonly breakContract: true | undefined
}

/** Has the issuer mint the token that a forgery starts from. */
export async function makeGoodToken(input: GoodTokenInput): Promise<GoodToken> {
  const { issuer, attacker = createAttacker() } = input
  const token = await issuer.accessToken(input.claims, {
    ...(input.algorithm !== undefined && { algorithm: input.algorithm }),
    ...(input.header !== undefined && { header: input.header }),
    ...(input.breakContract && { breakContract: true }),
  })
  const [encodedHeader, encodedClaims] = splitToken(token)
  const header = decodePart(encodedHeader)
  const claims = decodePart(encodedClaims)
  const algorithm = header['alg'] as SigningAlgorithm
  return {
    token,
    algorithm,
    header,
    claims,
    issuer,
    attacker,
    nowSeconds: Math.floor(issuer.clock.now() / 1000),
    resign: ({ header: changed, claims: changedClaims = {}, headerText, payload }) =>
      // What is an access token by its header is minted as one, so that an API that asks the issuer about it is told that it is active.
      changed === undefined && headerText === undefined && payload === undefined
        ? issuer.accessToken({ ...claims, ...changedClaims }, { algorithm, header, breakContract: true })
        : issuer.sign({
            header: headerText ?? JSON.stringify(merged(header, changed ?? {})),
            payload: payload ?? merged(claims, changedClaims),
            algorithm,
          }),
    async publicJwk() {
      const jwk = (await issuer.jwks()).keys.find(({ kid }) => kid === header['kid'])
      return jwk ?? Promise.reject(new Error('The issuer withdrew its key while a token was forged.'))
    },
  }
}
