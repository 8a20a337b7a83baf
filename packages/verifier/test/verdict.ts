import { AccessTokenError } from '../src/access-token-error.js'

/** What came of a check: `accepted`, or the code of the error. Any other error is a fault, and thrown on. */
export function verdict(check: () => unknown): string {
  try {
    check()
    return 'accepted'
  } catch (error) {
    return codeOf(error)
  }
}

/** The same for a promise, with the outcome before the code. */
export async function outcome(answer: Promise<unknown>): Promise<string> {
  try {
    await answer
    return 'accepted'
  } catch (error) {
    return error instanceof AccessTokenError ? `${error.outcome} ${codeOf(error)}` : codeOf(error)
  }
}

function codeOf(error: unknown): string {
  if (error instanceof AccessTokenError) return error.code
  throw error
}
