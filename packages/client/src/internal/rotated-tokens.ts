import { isJsonObject, parseJson } from '@bailiwick/protocol'
import { TokenSet } from '../token-set.js'
import { subjectNamedBy } from './token-subject.js'
import { isTokenText } from './token-text.js'

/** By the error, and not in it: whoever logs an error must not log tokens. */
const carried = new WeakMap<object, TokenSet<unknown>>()

/**
 * The refresh token of an answer, kept in case that the answer has to be refused: its server has spent the one before by then, and without the new one
 * the next refresh would end the session, and with many servers look like that of a thief.
 *
 * It is trusted no further than an answer without an ID token would be, which a refresh may bring: it came from the token endpoint, over TLS. It is *not*
 * taken from an answer whose ID token names another user: it would bring the access of that one, perhaps without an ID token that tells.
 *
 * @param subject whom the session is about, as far as it is known
 */
export function readRotatedToken(body: Readonly<Record<string, unknown>>, subject: string | undefined): string | undefined {
  const { refresh_token: refreshToken, id_token: idToken } = body
  if (typeof refreshToken !== 'string' || !isTokenText(refreshToken)) return undefined
  const said = typeof idToken === 'string' ? subjectNamedBy(idToken) : undefined
  return said === undefined || said === subject ? refreshToken : undefined
}

/** The members of an answer of the token endpoint; none where it is no JSON object, or an error. */
export async function readTokenBody(response: Response): Promise<Readonly<Record<string, unknown>>> {
  if (response.status !== 200) return {}
  try {
    const body = parseJson(await response.clone().text())
    return isJsonObject(body) ? body : {}
  } catch {
    return {}
  }
}

/** Has the error carry what is left of the tokens, for the token source alone. */
export function carryTokens(error: unknown, tokens: TokenSet<unknown>, refreshToken: string | undefined): void {
  if (refreshToken === undefined || typeof error !== 'object' || error === null) return
  carried.set(error, withRefreshToken(tokens, refreshToken))
}

/** The same access token, with the refresh token that is good now. */
export function withRefreshToken<Claims>(tokens: TokenSet<Claims>, refreshToken: string): TokenSet<Claims> {
  return new TokenSet({ ...TokenSet.membersOf(tokens), refreshToken })
}

/** The tokens of before, with the refresh token of the answer that was refused; `undefined` where there is none, or it is not to be used. */
export function carriedTokens<Claims>(error: unknown): TokenSet<Claims> | undefined {
  // Those that were refreshed, and so of the same claims.
  return typeof error === 'object' && error !== null ? (carried.get(error) as TokenSet<Claims> | undefined) : undefined
}
