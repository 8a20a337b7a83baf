import type { JWK } from 'jose'

export interface VerificationInput {
  alg: string
  /** The public key, with `kid` and `alg`. */
  jwk: JWK
  issuer: string
  audience: string
}

/** Throws or rejects on a bad token. A function that is synchronous is timed without a promise. */
export type Verify = (token: string) => unknown

/** Something that verifies tokens, warm: keys at hand, nothing to fetch. */
export interface Contender {
  name: string
  packages: readonly string[]
  /** What is called, in the words of the library. */
  call: string
  algorithms: readonly string[]
  /** Verifies from scratch each time. */
  create(input: VerificationInput): Promise<Verify>
  /** The same with verdicts kept; absent from a library that keeps none. */
  cached?: {
    call: string
    /** `room` is the number of verdicts that have to fit. */
    create(input: VerificationInput, room: number): Promise<Verify>
  }
}
