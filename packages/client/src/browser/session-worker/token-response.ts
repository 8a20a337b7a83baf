/** What a token endpoint has given, in the shape that it must have. Nothing of what it says has been verified. */
export interface TokenResponse {
  readonly accessToken: string
  /** Bound to a key (`DPoP`), or not (`Bearer`). Others are not taken. */
  readonly isBound: boolean
  readonly lifetimeSeconds: number | undefined
  readonly refreshToken: string | undefined
  readonly idToken: string | undefined
}

/** The server has understood, and says no. */
export class TokenRefusal extends Error {
  /** As the server has it: `invalid_grant`. */
  readonly error: string

  constructor(error: string) {
    super(`The server says ${error}.`)
    this.error = error
  }
}

/**
 * Reads the answer of a token endpoint.
 *
 * @param keep is waited for with the refresh token that the answer brings, and what stands for the ID token, before anything else is looked at: whatever
 * is wrong with the answer, what it was asked with is spent
 * @throws {TokenRefusal} for an error of RFC 6749 §5.2
 * @throws for whatever else is no answer of a token endpoint, without a word of what it said
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-5 RFC 6749 §5}
 */
export async function readTokenResponse(
  response: Response,
  keep?: (refreshToken: string, idToken: unknown) => Promise<void>,
): Promise<TokenResponse> {
  const { status } = response
  // What a parser complains about may have a token in it.
  const body = (await response.json().catch(() => undefined)) as Record<string, unknown> | null | undefined
  const { access_token, token_type, expires_in, refresh_token, id_token, error } = body ?? {}
  if (isText(error) && (status === 400 || status === 401)) throw new TokenRefusal(error)
  if (status === 200 && isText(refresh_token)) await keep?.(refresh_token, id_token)
  const type = String(token_type).toLowerCase()
  // Some send it as a text.
  const lifetimeSeconds = typeof expires_in === 'string' ? Number.parseFloat(expires_in) : expires_in
  if (
    status !== 200 ||
    !isText(access_token) ||
    // A header could not carry it (RFC 6749 A.12).
    !/^[ -~]+$/.test(access_token) ||
    !isText(token_type) ||
    !/^(bearer|dpop)$/.test(type) ||
    !isLifetime(lifetimeSeconds) ||
    !isTextOrNone(refresh_token) ||
    !isTextOrNone(id_token)
  ) {
    throw new Error(`The token endpoint answered ${status}, without tokens that can be used.`)
  }
  return { accessToken: access_token, isBound: type === 'dpop', lifetimeSeconds, refreshToken: refresh_token, idToken: id_token }
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''

const isTextOrNone = (value: unknown): value is string | undefined => value === undefined || isText(value)

const isLifetime = (value: unknown): value is number | undefined => value === undefined || (Number.isFinite(value) && Number(value) >= 0)
