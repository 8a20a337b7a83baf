import { audience, createIssuer } from '../issuer/issuer.js'
import type { VerificationInput } from './contender.js'

/** Distinct tokens of one algorithm, and what a contender needs to verify them. */
export interface SignedTokens {
  input: VerificationInput
  tokens: readonly string[]
}

export async function signTokens(alg: string, count: number): Promise<SignedTokens> {
  const issuer = await createIssuer({ algorithms: [alg] })
  const { keys } = (await (await fetch(issuer.jwksUri)).json()) as { keys: [Record<string, string>] }
  const tokens = await Promise.all(Array.from({ length: count }, (_, n) => issuer.token({ claims: { jti: `token-${n}` } })))
  await issuer.close()
  return { input: { alg, jwk: keys[0], issuer: issuer.url, audience }, tokens }
}
