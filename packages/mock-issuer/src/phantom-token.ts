/** A pair of tokens that a test minted: two forms of one access token, which is revoked as one. */
export interface PhantomToken {
  /** What a client has: a random reference. */
  readonly token: string
  /** What an API gets in its place: the signed access token. */
  readonly jwt: string
}
