import type { ClaimValue } from './guard-description.js'

/**
 * The names of claims, and dotted paths to claims in objects, up to three levels deep. Any string where the claims
 * have no known names.
 */
export type ClaimPathOf<Claims> = PathIn<Claims, [1, 1]>

/** `Deeper` has an element for each level that is left. */
type PathIn<T, Deeper extends readonly unknown[]> = string extends keyof T
  ? string
  : {
      [Name in keyof T & string]: Name | (Deeper extends readonly [unknown, ...infer Rest] ? PathBelow<Name, T[Name], Rest> : never)
    }[keyof T & string]

type PathBelow<Name extends string, T, Deeper extends readonly unknown[]> = T extends Closed
  ? never
  : T extends object
    ? `${Name}.${PathIn<T, Deeper>}`
    : never

/** What a path does not lead into. */
type Closed = ClaimValue | readonly unknown[] | Date | ((...args: never[]) => unknown)

/** The type of the claim at a path, as the schema gives it; `unknown` where nobody knows. */
export type ClaimAt<Claims, Path extends string> = Path extends keyof Claims
  ? Claims[Path]
  : Path extends `${infer Name}.${infer Rest}`
    ? Name extends keyof Claims
      ? ClaimAt<NonNullable<Claims[Name]>, Rest>
      : unknown
    : unknown

/** What a claim of this type can be compared with: its literals, or any value of its type. A brand is left out. */
export type ComparableWith<Claim> = unknown extends Claim ? ClaimValue : Unbranded<NonNullable<Claim>>

type Unbranded<T> = T extends string
  ? Unless<keyof T extends keyof string ? T : never, string>
  : T extends number
    ? Unless<keyof T extends keyof number ? T : never, number>
    : Extract<T, boolean>

type Unless<T, Otherwise> = [T] extends [never] ? Otherwise : T

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
