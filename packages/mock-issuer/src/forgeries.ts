import type { AccessTokenClaims } from './access-token.js'
import type { Forgery, ForgeOptions } from './forgery.js'
import { claimForgeries } from './internal/forgeries/claim-forgeries.js'
import type { ForgeryDeclaration } from './internal/forgeries/declaration.js'
import type { ForgeableIssuer } from './internal/forgeries/forgeable-issuer.js'
import { headerForgeries } from './internal/forgeries/header-forgeries.js'
import { hmacForgeries } from './internal/forgeries/hmac-forgeries.js'
import { keyForgeries } from './internal/forgeries/key-forgeries.js'
import { partyForgeries } from './internal/forgeries/party-forgeries.js'
import { requestForgeries } from './internal/forgeries/request-forgeries.js'
import { signatureForgeries } from './internal/forgeries/signature-forgeries.js'
import { expiredClaims, timeForgeries } from './internal/forgeries/time-forgeries.js'
import { toForgery } from './internal/forgeries/to-forgery.js'
import { typeForgeries } from './internal/forgeries/type-forgeries.js'

const tokens = {
  ...signatureForgeries,
  ...hmacForgeries,
  ...keyForgeries,
  ...headerForgeries,
  ...typeForgeries,
  ...timeForgeries,
  ...partyForgeries,
  ...claimForgeries,
}
const declarations = { ...tokens, ...requestForgeries }

/** The name of a forgery. */
export type ForgeryName = keyof typeof declarations

/** The name of a forgery that is wrong in its token, whatever the request. */
export type TokenForgeryName = keyof typeof tokens

/** The names of the variants of a forgery. */
export type ForgeryVariantName<Name extends ForgeryName> = keyof (typeof declarations)[Name]['variants'] & string

/** Every forgery by its name. */
export type Forgeries = { readonly [Name in ForgeryName]: Forgery<Name, ForgeryVariantName<Name>> }

/** The catalogue of what an API must refuse: each with what is wrong with it, where that is said, and what to answer. */
export const forgeries = Object.fromEntries(
  Object.entries<ForgeryDeclaration>(declarations).map(([name, declaration]) => [name, toForgery(name, declaration)]),
) as unknown as Forgeries

/** Makes one forgery: a token that is good but for the one fault. */
export type ForgeToken<Name extends TokenForgeryName> = (
  claims?: AccessTokenClaims,
  options?: ForgeOptions<ForgeryVariantName<Name>>,
) => Promise<string>

/** The forgeries that an issuer makes of its own tokens. None of the functions needs `this`. */
export type Forge = { readonly [Name in Exclude<TokenForgeryName, 'expiredBy'>]: ForgeToken<Name> } & {
  /** A token whose time was over so many seconds ago. Default 1. */
  readonly expiredBy: (seconds?: number, claims?: AccessTokenClaims, options?: Omit<ForgeOptions<never>, 'variant'>) => Promise<string>
}

/** What `issuer.forge` is: the catalogue, for one issuer. */
export function createForge(issuer: ForgeableIssuer): Forge {
  const made = (Object.keys(tokens) as TokenForgeryName[]).map((name) => {
    const make: ForgeToken<TokenForgeryName> = (claims, options) => forgeries[name].make(issuer, claims, options)
    return [name, make] as const
  })
  const expiredBy: Forge['expiredBy'] = (seconds = 1, claims = {}, { algorithm, header, breakContract } = {}) =>
    issuer.accessToken(
      { ...claims, ...expiredClaims(Math.floor(issuer.clock.now() / 1000), seconds) },
      { ...(algorithm !== undefined && { algorithm }), ...(header !== undefined && { header }), ...(breakContract && { breakContract }) },
    )
  return { ...Object.fromEntries(made), expiredBy } as unknown as Forge
}
