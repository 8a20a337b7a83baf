const MAX_DEPTH = 12

/**
 * Appends to a reason the error code of the operating system, TLS or the HTTP client behind it (`ENOTFOUND`, `CERT_HAS_EXPIRED`), so
 * that a log line tells one outage from another. The chain of causes is followed for 12 errors, and the innermost code counts; of an
 * `AggregateError` the first error does. Only a name in capitals of at most 64 characters is used, never a message, which could hold
 * a URL.
 *
 * @returns the reason with the code in parentheses, before its full stop; the reason unchanged if there is no code, or it names it
 */
export function withSystemCause(reason: string, cause: unknown): string {
  const code = systemCode(cause)
  if (code === undefined || reason.includes(code)) return reason
  return reason.endsWith('.') ? `${reason.slice(0, -1)} (${code}).` : `${reason} (${code})`
}

/** The innermost code, since outer errors only wrap what happened. */
function systemCode(error: unknown): string | undefined {
  let found: string | undefined
  let current = error
  try {
    for (let depth = 0; depth < MAX_DEPTH && typeof current === 'object' && current !== null; depth++) {
      if ('code' in current && isSystemCode(current.code)) found = current.code
      current = innerCause(current)
    }
  } catch {
    // A getter that throws is no reason to answer differently.
  }
  return found
}

/** Of several attempts to connect (an `AggregateError`), the first stands for all. */
function innerCause(error: object): unknown {
  if ('cause' in error && error.cause !== undefined) return error.cause
  return 'errors' in error && Array.isArray(error.errors) ? error.errors[0] : undefined
}

function isSystemCode(code: unknown): code is string {
  return typeof code === 'string' && /^[A-Z][A-Z0-9_]{2,63}$/.test(code)
}
