import { ConfigurationError, isJsonObject } from '@bailiwick/protocol'
import { decodeJwt } from 'jose'
import type { TokenSet } from '../token-set.js'

/**
 * Whom a set is about: by its ID token, else by its claims; `undefined` where neither says so.
 *
 * @throws {ConfigurationError} for an ID token that names nobody, or cannot be read. To be asked before anything is sent
 */
export function subjectOf({ idToken, claims }: TokenSet<unknown>): string | undefined {
  if (idToken === undefined) return subjectIn(claims)
  const subject = subjectNamedBy(idToken)
  if (subject !== undefined) return subject
  throw new ConfigurationError(
    'the ID token of the tokens cannot be read, or names nobody: give them as the client made them. Nothing was sent.',
  )
}

/** Whom an ID token names, which is *not* verified here; `undefined` for nobody, and for what is no ID token. */
export function subjectNamedBy(idToken: string): string | undefined {
  try {
    return subjectIn(decodeJwt(idToken))
  } catch {
    return undefined
  }
}

/** Whom claims are about, if they say so. */
export function subjectIn(claims: unknown): string | undefined {
  return isJsonObject(claims) && typeof claims.sub === 'string' ? claims.sub : undefined
}
