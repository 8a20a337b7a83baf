/**
 * Which claims each scope of a contract requires: scope name → claim names, `never` for none. It is what a contract
 * remembers of its scopes in the type system.
 */
export type ScopeRequirements = Readonly<Record<string, string>>

/** What the definitions of scopes require. Conditional, so that an editor shows the result. */
export type RequirementsOf<Scopes> = Scopes extends unknown
  ? {
      readonly [Name in keyof Scopes & string]: Scopes[Name] extends { readonly claims: readonly (infer Claim extends string)[] }
        ? Claim
        : never
    }
  : never

/**
 * What can be asked for, in a list of one at least: the scopes of a contract as they are defined (`payment:*` too), or a prefix
 * scope with a value in the place of its star. The list is the alias, and its element is none, so that a name which is not among
 * them is compared in the compiler's message with the names themselves. A bare pattern would swallow the `payment:*` that
 * editors are to offer, hence the intersection.
 */
export type ScopeNames<Scopes extends ScopeRequirements> = NonEmpty<
  {
    [Name in keyof Scopes & string]: Name | (Name extends `${infer Prefix}*` ? `${Prefix}${string}` & Record<never, never> : never)
  }[keyof Scopes & string]
>

type NonEmpty<Element> = readonly [Element, ...Element[]]

/** One of {@link ScopeNames}. */
export type ScopeName<Scopes extends ScopeRequirements> = ScopeNames<Scopes>[number]

/** What a granted scope proves of the claims. For a union of names: what is certain whichever it is. */
export type ProvenByScope<Claims, Scopes extends ScopeRequirements, Name> = Name extends string
  ? Present<Claims, RequiredClaim<Scopes, Name>>
  : never

/** What several granted scopes prove together. */
export type ProvenByScopes<Claims, Scopes extends ScopeRequirements, Names extends readonly unknown[]> = Names extends readonly [
  infer First,
  ...infer Rest,
]
  ? ProvenByScope<Claims, Scopes, First> & ProvenByScopes<Claims, Scopes, Rest>
  : unknown

type RequiredClaim<Scopes extends ScopeRequirements, Name extends string> = {
  [Defined in keyof Scopes & string]: Name extends ScopePattern<Defined> ? Scopes[Defined] : never
}[keyof Scopes & string]

type ScopePattern<Defined extends string> = Defined extends `${infer Prefix}*` ? `${Prefix}${string}` : Defined

type Present<Claims, Names extends string> = [Names] extends [never]
  ? unknown
  : { readonly [Name in Names]: Name extends keyof Claims ? NonNullable<Claims[Name]> : unknown }
