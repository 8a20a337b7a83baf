import type { JWK } from 'jose'

/** A signed example of a specification: the key as it is printed there, and the parts of the token. */
export interface Vector {
  readonly source: string
  readonly alg: string
  readonly jwk: JWK
  readonly token: string
  readonly payload: string
}
