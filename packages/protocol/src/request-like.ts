/** The part of a web-standard `Request` that is read here: a `Request` is one, and every framework's request can be seen as one. */
export interface RequestLike {
  readonly method: string
  /** Absolute, or path and query alone as Node gives it. */
  readonly url: string
  /** `get` is case-insensitive, joins repeated fields with `", "`, and returns `null` for an absent one. */
  readonly headers: { get(name: string): string | null }
}
