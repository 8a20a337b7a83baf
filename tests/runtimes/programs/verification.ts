import {
  AccessTokenError,
  createIntrospectionVerifier,
  createJwtVerifier,
  type SigningAlgorithm,
  verifyCompactJws,
} from '@bailiwick/verifier'
import type { JSONWebKeySet } from 'jose'

/** Who a token is of, or why it is not accepted. */
type Verdict = string

async function verdict(work: () => Promise<{ readonly claims: Readonly<Record<string, unknown>> }>): Promise<Verdict> {
  try {
    return String((await work()).claims['sub'])
  } catch (error) {
    if (error instanceof AccessTokenError) return error.code
    throw error
  }
}

/** Verifies tokens one after the other, with the keys from the issuer's socket. */
export async function verifyTokens({ issuer, tokens }: { issuer: string; tokens: readonly string[] }): Promise<Verdict[]> {
  const verifier = createJwtVerifier({ issuer, audience: 'orders-api' })
  const verdicts: Verdict[] = []
  for (const token of tokens) verdicts.push(await verdict(() => verifier.verify(token)))
  return verdicts
}

export interface SignedDocument {
  readonly document: string
  readonly jwks: JSONWebKeySet
  readonly algorithm: SigningAlgorithm
}

/** Verifies one document of each algorithm, and the same with a bit of its signature turned. */
export async function verifySignatures({ documents }: { documents: readonly SignedDocument[] }): Promise<Record<string, Verdict[]>> {
  const found: Record<string, Verdict[]> = {}
  for (const { document, jwks, algorithm } of documents) {
    const verify = (jws: string) =>
      verdict(async () => {
        const { payload } = await verifyCompactJws(jws, { keys: { jwks }, algorithms: [algorithm] })
        return { claims: JSON.parse(new TextDecoder().decode(payload)) as Record<string, unknown> }
      })
    found[algorithm] = [await verify(document), await verify(withOtherSignature(document))]
  }
  return found
}

function withOtherSignature(document: string): string {
  const at = document.lastIndexOf('.') + 10
  return document.slice(0, at) + (document[at] === 'A' ? 'B' : 'A') + document.slice(at + 1)
}

export interface IntrospectionInput {
  readonly issuer: string
  readonly tokens: readonly string[]
  readonly response: 'json' | 'signed'
}

const introspecting = new Map<string, ReturnType<typeof createIntrospectionVerifier>>()

/** Asks the issuer about tokens, by one verifier for each issuer. */
export async function introspect({ issuer, tokens, response }: IntrospectionInput): Promise<Verdict[]> {
  const id = `${response} ${issuer}`
  const client = { clientId: 'service', authentication: { method: 'client_secret_basic', clientSecret: 'service-secret' } } as const
  const verifier = introspecting.get(id) ?? createIntrospectionVerifier({ issuer, audience: 'orders-api', response, client })
  introspecting.set(id, verifier)
  return Promise.all(tokens.map((token) => verdict(() => verifier.verify(token))))
}
