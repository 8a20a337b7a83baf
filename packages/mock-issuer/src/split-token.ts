/** The part of a split token that the client does not have, as a gateway keeps it. */
export interface PublishedSplitToken {
  /** The SHA-256 of the signature's characters (not of the bytes that they stand for), in standard Base64 with padding. */
  readonly hash: string
  /** The JWT up to its second dot: `header.payload`. With `.` and the client's token behind it, it is the signed access token again. */
  readonly headerAndPayload: string
}

/** A split token that a test minted. */
export interface SplitToken {
  /** What a client has: the signature, in base64url as it stands in the JWT. */
  readonly token: string
  readonly published: PublishedSplitToken
}

/** What the issuer has published of its split tokens. None of its functions needs `this`. */
export interface SplitTokens {
  /** What was published under this hash, until the token expires; of 10,000 tokens, the newest. A revoked token stays published. */
  find(hash: string): PublishedSplitToken | undefined
  /** Resolves when no publication to `splitTokens.publishTo` is under way, well or badly ended. At once without that option. */
  settled(): Promise<void>
}

/** Where split tokens are published besides `issuer.splitTokens`. */
export interface SplitTokenOptions {
  /**
   * An `http` or `https` URL, posted a form for each split token that is issued or minted: `client_id`, `scope` (if it has one), `token`
   * (`header.payload`), `signatureHash`, `grant_type=client_credentials` and `expiration`, the seconds that are left. The request goes
   * through the issuer's `fetch` option, follows no redirect and carries no credentials but those in `headers`. A token is not held back
   * for it, so a gateway may see one that it was not told of yet; what fails is told to `onError` and not tried again.
   */
  readonly publishTo: string
  /** The `client_id` of the publication: 1 to 256 printable ASCII characters. Default: the token's own. */
  readonly clientId?: string
  /** Headers of the publication, for a gateway that asks who is publishing. Default: none. */
  readonly headers?: Readonly<Record<string, string>>
  /** How long a publication may take, in milliseconds of real time. Default 2,000. */
  readonly timeoutMs?: number
}
