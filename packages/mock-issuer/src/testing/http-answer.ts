/**
 * An answer as tests have it in hand: a `Response`, what `light-my-request` or `supertest` return, or an object of your own with a status
 * and headers.
 */
export type HttpAnswer = ({ readonly status: number } | { readonly statusCode: number }) & {
  readonly headers: HttpAnswerHeaders
}

/** `Headers`, or an object by lower-case name, as Node has it. */
export type HttpAnswerHeaders =
  | { get(name: string): string | null }
  | Readonly<Record<string, string | number | readonly string[] | undefined>>
