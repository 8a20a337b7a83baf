const MAX_DEPTH = 12

/**
 * Adds to a reason the code of the operating system, TLS or the HTTP client behind it (`ENOTFOUND`, `CERT_HAS_EXPIRED`), so that a
 * log line tells one outage from another: the innermost among 12 causes of causes, of several attempts that of the first. Only a name in capitals, of
 * at most 64 characters, is taken over, never a message: that could hold a URL.
 *
 * @returns the reason with the code in brackets, before its full stop; the reason alone where there is none, or where it says so already
 */
export function withSystemCause(reason: string, cause: unknown): string {
  const code = systemCode(cause)
  if (code === undefined || reason.includes(code)) return reason
  return reason.endsWith('.') ? `${reason.slice(0, -1)} (${code}).` : `${reason} (${code})`
}

/** The code that lies deepest, since errors on the way out wrap what happened. */
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

/** Of several attempts to connect, the first stands for all. */
function innerCause(error: object): unknown {
  if ('cause' in error && error.cause !== undefined) return error.cause
  return 'errors' in error && Array.isArray(error.errors) ? error.errors[0] : undefined
}

function isSystemCode(code: unknown): code is string {
  return typeof code === 'string' && /^[A-Z][A-Z0-9_]{2,63}$/.test(code)
}
