import type { JWK } from 'jose'

export interface VerificationInput {
  alg: string
  /** The public key, with `kid` and `alg`. */
  jwk: JWK
  issuer: string
  audience: string
}

/** Throws or rejects for a bad token. A synchronous function is timed without a promise. */
export type Verify = (token: string) => unknown

/** A verifier of tokens that has its keys, with nothing to fetch. */
export interface Contender {
  name: string
  packages: readonly string[]
  /** What is called, under the library's own names. */
  call: string
  algorithms: readonly string[]
  /** A verifier without a cache. */
  create(input: VerificationInput): Promise<Verify>
  /** A verifier that caches verdicts; absent if the library has no such cache. */
  cached?: {
    call: string
    /** @param room the number of verdicts that must fit */
    create(input: VerificationInput, room: number): Promise<Verify>
  }
}
