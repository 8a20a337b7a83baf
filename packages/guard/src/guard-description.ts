/** A value that a claim can be compared with. */
export type ClaimValue = string | number | boolean

/** How a claim is compared: the plain form of what `claim(path)` offers. */
export type ClaimComparison =
  | { readonly is: 'equals'; readonly value: ClaimValue }
  | { readonly is: 'includes'; readonly value: ClaimValue }
  | { readonly is: 'oneOf'; readonly values: readonly ClaimValue[] }
  | { readonly is: 'equalsParam'; readonly param: string }
  | { readonly is: 'includesParam'; readonly param: string }
  | { readonly is: 'matches'; readonly source: string; readonly flags: string }

/** A guard as plain JSON data, for challenges, events, explanations and documentation. */
export type GuardDescription =
  | { readonly guard: 'scope'; readonly names: readonly string[] }
  | { readonly guard: 'anyScope'; readonly names: readonly string[] }
  | { readonly guard: 'scopeParam'; readonly name: string; readonly param: string }
  | { readonly guard: 'role'; readonly name: string }
  | { readonly guard: 'permission'; readonly name: string }
  | { readonly guard: 'subject'; readonly is: 'equalsParam'; readonly param: string }
  | ({ readonly guard: 'claim'; readonly path: string } & ClaimComparison)
  | { readonly guard: 'acr'; readonly values: readonly string[] }
  | { readonly guard: 'maxAuthenticationAge'; readonly seconds: number }
  | { readonly guard: 'check'; readonly name: string }
  | { readonly guard: 'allOf'; readonly guards: readonly GuardDescription[] }
  | { readonly guard: 'anyOf'; readonly guards: readonly GuardDescription[] }
  | { readonly guard: 'not'; readonly negated: GuardDescription }
