/**
 * `T` as it is after a deep freeze: plain objects and arrays are read-only all the way down. Dates, maps and other class
 * instances keep their type, since freezing does not make them immutable; so do branded strings and numbers.
 */
export type Immutable<T> = T extends Primitive | Instance
  ? T
  : T extends readonly (infer Element)[]
    ? number extends T['length']
      ? readonly Immutable<Element>[]
      : { readonly [Member in keyof T]: Immutable<T[Member]> }
    : T extends object
      ? { readonly [Member in keyof T]: Immutable<T[Member]> }
      : T

type Primitive = string | number | boolean | bigint | symbol | null | undefined

type Instance =
  | ((...args: never[]) => unknown)
  | Date
  | RegExp
  | URL
  | Error
  | ReadonlyMap<unknown, unknown>
  | ReadonlySet<unknown>
  | ArrayBufferView
