/**
 * `T` as it is after a deep freeze: plain objects and arrays are read-only all the way down. Dates, maps and other class
 * instances keep their type, since freezing does not make them immutable.
 */
export type Immutable<T> = T extends Instance ? T : T extends object ? { readonly [Member in keyof T]: Immutable<T[Member]> } : T

type Instance =
  | ((...args: never[]) => unknown)
  | Date
  | RegExp
  | URL
  | Error
  | ReadonlyMap<unknown, unknown>
  | ReadonlySet<unknown>
  | ArrayBufferView
