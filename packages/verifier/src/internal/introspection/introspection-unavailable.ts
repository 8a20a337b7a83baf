import { AccessTokenError } from '../../access-token-error.js'

/** Details of a failed introspection. */
export interface IntrospectionUnavailableInput {
  readonly cause?: unknown
  /** When to retry. Default: 1 second. */
  readonly retryAfterSeconds?: number | undefined
}

/**
 * The error for every failed introspection, by an outage or a misconfiguration: it says nothing about the token.
 *
 * @param detail for operators. It must hold nothing that the server sent, which may be a token
 */
export function introspectionUnavailable(
  detail: string,
  { retryAfterSeconds = 1, ...options }: IntrospectionUnavailableInput = {},
): AccessTokenError {
  return new AccessTokenError('introspection_unavailable', { detail, retryAfterSeconds, ...options })
}
