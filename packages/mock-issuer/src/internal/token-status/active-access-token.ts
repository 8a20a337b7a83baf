import { compactVerify, createLocalJWKSet, errors } from 'jose'
import { toJwks } from '../signing/signing-keys.js'
import type { SigningKeys } from '../signing/signing-keys.js'
import type { IssuedAccessToken, IssuedAccessTokens } from '../tokens/issued-access-tokens.js'

export interface ActiveAccessTokenInput {
  readonly keys: SigningKeys
  readonly issued: IssuedAccessTokens
}

/**
 * The access token if it stands: it was issued here, has not expired, was not revoked, and if it is a JWT or has one, the key that signed
 * that is still published. Of a phantom or split token, both what the client has and the JWT are known. Does not check the audience, the
 * `typ` or any other claim: they are what the issuer itself put there.
 */
export async function findActiveAccessToken(
  token: string,
  { keys, issued }: ActiveAccessTokenInput,
): Promise<IssuedAccessToken | undefined> {
  const found = issued.findActive(token)
  if (found?.jwt === undefined) return found
  try {
    await compactVerify(found.jwt, createLocalJWKSet(toJwks(await keys.published())))
    return found
  } catch (error) {
    if (error instanceof errors.JOSEError) return undefined
    throw error
  }
}
