/** Why a request was refused: what its client was told, and what the person who runs the issuer is told besides. */
export interface Refusal {
  /** The error code of the RFC. */
  readonly error: string
  readonly description?: string | undefined
  /** What would mend it, in the request or in the issuer's options. */
  readonly advice?: string | undefined
}

// Beside the response, and not in it: a page and a redirect have a reason too, and what would mend it is not for the client.
const refusals = new WeakMap<Response, Refusal>()

/** Says why a response is a refusal; what was said of it before stays, unless it is said anew. */
export function explainRefusal(response: Response, refusal: Refusal): Response {
  refusals.set(response, { ...refusals.get(response), ...refusal })
  return response
}

/** Why a response is a refusal, if anybody said so. */
export function refusalOf(response: Response): Refusal | undefined {
  return refusals.get(response)
}
