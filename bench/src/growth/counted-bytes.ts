import { createJwtVerifier } from '@bailiwick/verifier'
import { audience } from '../issuer/issuer.js'
import type { SigningKey } from '../issuer/signing-key.js'
import { issuerName } from './typical-token.js'

/**
 * The bytes that `cache.maxBytes` counts for a token of this size. It is derived from outside: by how many of the last tokens are still
 * cached when the limit is reached. A cached verdict is the same object each time.
 */
export async function countedBytes({ jwk }: SigningKey, tokens: readonly string[]): Promise<number> {
  const maxBytes = 1024 * tokens.length
  const { verify } = createJwtVerifier({ issuer: issuerName, audience, keys: { jwks: { keys: [jwk] } }, cache: { maxBytes } })
  const verdicts = []
  for (const token of tokens) verdicts.push(await verify(token))
  let kept = 0
  while (kept < tokens.length && (await verify(tokens.at(-1 - kept) ?? '')) === verdicts.at(-1 - kept)) kept++
  return maxBytes / kept
}
