import { createHash, randomUUID } from 'node:crypto'
import { calculateJwkThumbprint, exportJWK, generateKeyPair, SignJWT } from 'jose'
import { resource } from './host.js'
import type { Fields } from './raw-request.js'

export interface ProofInput {
  readonly token: string
  /** The path that the proof is for. */
  readonly path: string
  /** Default: that of the public URL of the API. */
  readonly origin?: string | undefined
  /** Default `GET`. */
  readonly method?: string | undefined
  readonly nonce?: string | undefined
}

/** A client with a key of its own, to which its tokens are bound. */
export interface DpopClient {
  /** What a token that is bound to the key says. */
  readonly cnf: { readonly jkt: string }
  proof(input: ProofInput): Promise<string>
  /** The fields of a request with a token and a new proof. */
  present(input: ProofInput): Promise<Fields>
}

/** @param now the time of proofs, in milliseconds */
export async function createDpopClient(now: () => number): Promise<DpopClient> {
  const { publicKey, privateKey } = await generateKeyPair('ES256')
  const jwk = await exportJWK(publicKey)

  function proof({ token, path, origin = resource, method = 'GET', nonce }: ProofInput): Promise<string> {
    const ath = createHash('sha256').update(token).digest('base64url')
    const claims = { jti: randomUUID(), htm: method, htu: `${origin}${path}`, iat: Math.floor(now() / 1000), ath, nonce }
    return new SignJWT(claims).setProtectedHeader({ typ: 'dpop+jwt', alg: 'ES256', jwk }).sign(privateKey)
  }

  return {
    cnf: { jkt: await calculateJwkThumbprint(jwk) },
    proof,
    present: async (input) => dpop(input.token, await proof(input)),
  }
}

/** The fields that carry a token under the scheme `DPoP`, and its proof. */
export function dpop(token: string, proof: string): Fields {
  return [
    ['authorization', `DPoP ${token}`],
    ['dpop', proof],
  ]
}
