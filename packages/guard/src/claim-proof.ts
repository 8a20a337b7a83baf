import type { ClaimValue } from './guard-description.js'

/**
 * The names of claims, and dotted paths to claims in objects, up to three levels deep. Any string where the claims
 * have no known names.
 */
export type ClaimPathOf<Claims> = string extends keyof Claims ? string : NestedPath<Claims, [1, 1]>

type NestedPath<Claims, Depth extends readonly unknown[]> = {
  [Name in keyof Claims & string]: Depth extends readonly [unknown, ...infer Deeper]
    ? Name | (IsNested<NonNullable<Claims[Name]>> extends true ? `${Name}.${NestedPath<NonNullable<Claims[Name]>, Deeper>}` : never)
    : Name
}[keyof Claims & string]

type IsNested<T> = T extends readonly unknown[] | Date | ((...args: never[]) => unknown) ? false : T extends object ? true : false

/** The type of the claim at a path, as the schema gives it; `unknown` where nobody knows. */
export type ClaimAt<Claims, Path extends string> = Path extends keyof Claims
  ? Claims[Path]
  : Path extends `${infer Name}.${infer Rest}`
    ? Name extends keyof Claims
      ? ClaimAt<NonNullable<Claims[Name]>, Rest>
      : unknown
    : unknown

/** What a claim of this type can be compared with. */
export type ComparableWith<Claim> = unknown extends Claim ? ClaimValue : Extract<NonNullable<Claim>, ClaimValue>

/** What a claim of this type can include. */
export type ElementOf<Claim> = unknown extends Claim
  ? ClaimValue
  : NonNullable<Claim> extends readonly (infer Element)[]
    ? ComparableWith<Element>
    : never

/** Claims whose member at `Path` is a `Value`. For a union of paths: one of them is, and nobody knows which. */
export type ProvenAt<Claims, Path extends string, Value> = Path extends `${infer Name}.${infer Rest}`
  ? Path extends NamedIn<Claims>
    ? { readonly [Member in Path]: Value }
    : Name extends NamedIn<Claims>
      ? { readonly [Member in Name]: ProvenAt<NonNullable<Claims[Name & keyof Claims]>, Rest, Value> }
      : unknown
  : Path extends string
    ? { readonly [Member in Path]: Value }
    : never

/** Names that are certain, other than those that an index signature allows. */
type NamedIn<Claims> = keyof { [Member in keyof Claims as string extends Member ? never : Member]: Claims[Member] }
