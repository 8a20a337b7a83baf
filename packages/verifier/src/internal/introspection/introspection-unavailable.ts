import { AccessTokenError } from '../../access-token-error.js'

/** What is known of an answer that is none. */
export interface IntrospectionUnavailableInput {
  readonly cause?: unknown
  /** When to come back; a second from now if nothing is known. */
  readonly retryAfterSeconds?: number | undefined
}

/**
 * The error for everything that is no answer, an outage as well as a misconfiguration: it says nothing about the token.
 *
 * @param detail for operators; nothing that the server sent may be in it, since that may be a token
 */
export function introspectionUnavailable(
  detail: string,
  { retryAfterSeconds = 1, ...options }: IntrospectionUnavailableInput = {},
): AccessTokenError {
  return new AccessTokenError('introspection_unavailable', { detail, retryAfterSeconds, ...options })
}
