import type { JWK } from 'jose'

export interface VerificationInput {
  alg: string
  /** The public key, with `kid` and `alg`. */
  jwk: JWK
  issuer: string
  audience: string
}

/** Something that verifies tokens, warm: keys at hand, nothing to fetch, verdicts not cached. */
export interface Contender {
  name: string
  packages: readonly string[]
  /** What is called, in the words of the library. */
  call: string
  algorithms: readonly string[]
  /** Throws or rejects on a bad token. A function that is synchronous is timed without a promise. */
  create(input: VerificationInput): Promise<(token: string) => unknown>
}
