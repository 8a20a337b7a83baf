import { compactVerify, createLocalJWKSet, errors } from 'jose'
import { toJwks } from '../signing/signing-keys.js'
import type { SigningKeys } from '../signing/signing-keys.js'
import type { IssuedAccessToken, IssuedAccessTokens } from '../tokens/issued-access-tokens.js'

export interface ActiveAccessTokenInput {
  readonly keys: SigningKeys
  readonly issued: IssuedAccessTokens
}

/**
 * The access token if it stands: it was issued here, has not expired, was not revoked, and for a JWT the key that signed it is
 * still published. Does not check the audience, the `typ` or any other claim: they are what the issuer itself put there.
 */
export async function findActiveAccessToken(
  token: string,
  { keys, issued }: ActiveAccessTokenInput,
): Promise<IssuedAccessToken | undefined> {
  const found = issued.findActive(token)
  if (found === undefined || found.format === 'opaque') return found
  try {
    await compactVerify(token, createLocalJWKSet(toJwks(await keys.published())))
    return found
  } catch (error) {
    if (error instanceof errors.JOSEError) return undefined
    throw error
  }
}
