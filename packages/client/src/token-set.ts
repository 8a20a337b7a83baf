import type { IdTokenClaims } from './client-options.js'
import { frozenCopy } from './internal/frozen-copy.js'

/** What a `TokenSet` is made of; as JSON this is its serialised form. */
export interface TokenSetMembers<Claims = IdTokenClaims> {
  /** Of whom the tokens are: a set is taken back by a client of the same issuer and id only. */
  readonly issuer: string
  readonly clientId: string
  readonly accessToken: string
  readonly tokenType: 'Bearer' | 'DPoP'
  /** When the access token ends by this machine's clock, in seconds since the epoch; `undefined` if the server did not say. */
  readonly expiresAt?: number | undefined
  /** When it was received, likewise. */
  readonly receivedAt: number
  /** What was granted: what was asked for, where the server does not say otherwise (RFC 6749 §5.1). */
  readonly scope?: string | undefined
  readonly refreshToken?: string | undefined
  readonly idToken?: string | undefined
  /** Of the verified ID token; of the last one that came, since a refresh need not bring one. */
  readonly claims?: Claims | undefined
  /** RFC 9396, as the server granted them. */
  readonly authorizationDetails?: readonly unknown[] | undefined
  /** The JWK thumbprint of the key that `DPoP` tokens are bound to. */
  readonly keyThumbprint?: string | undefined
}

/**
 * The tokens of one user or machine: a copy that cannot be changed, the plain objects and arrays in it included, and hidden from logs. `console.log`, `JSON.stringify` and a template show what kind of set
 * it is and until when, and no token. To keep it, say so: `formatTokenSet`, and `client.parseTokenSet` for the way back.
 *
 * @typeParam Claims the claims of the ID token, as the client's `claims` schema gives them
 */
export class TokenSet<Claims = IdTokenClaims> implements TokenSetMembers<Claims> {
  readonly #members: TokenSetMembers<Claims>

  constructor(members: TokenSetMembers<Claims>) {
    this.#members = frozenCopy(members)
  }

  get issuer(): string {
    return this.#members.issuer
  }

  get clientId(): string {
    return this.#members.clientId
  }

  get accessToken(): string {
    return this.#members.accessToken
  }

  get tokenType(): 'Bearer' | 'DPoP' {
    return this.#members.tokenType
  }

  get expiresAt(): number | undefined {
    return this.#members.expiresAt
  }

  get receivedAt(): number {
    return this.#members.receivedAt
  }

  get scope(): string | undefined {
    return this.#members.scope
  }

  get refreshToken(): string | undefined {
    return this.#members.refreshToken
  }

  get idToken(): string | undefined {
    return this.#members.idToken
  }

  get claims(): Claims | undefined {
    return this.#members.claims
  }

  get authorizationDetails(): readonly unknown[] | undefined {
    return this.#members.authorizationDetails
  }

  get keyThumbprint(): string | undefined {
    return this.#members.keyThumbprint
  }

  /** What `JSON.stringify` shows: no token, and no claims, which are about a person. */
  toJSON(): Record<string, unknown> {
    const { issuer, clientId, tokenType, expiresAt, scope, refreshToken } = this.#members
    return { issuer, clientId, tokenType, expiresAt, scope, accessToken: '[hidden]', ...(refreshToken && { refreshToken: '[hidden]' }) }
  }

  /** What `console.log` shows on Node, Deno and Bun. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString()
  }

  toString(): string {
    return `TokenSet ${JSON.stringify(this)}`
  }

  /** @internal Where the tokens are meant to leave the process. */
  static membersOf<Claims>(tokens: TokenSet<Claims>): TokenSetMembers<Claims> {
    return tokens.#members
  }
}

/**
 * Writes a set as text, tokens and all. Whoever holds the text holds the tokens: encrypt it wherever it leaves the process.
 *
 * @see `Client.parseTokenSet` for the way back
 */
export function formatTokenSet(tokens: TokenSet<unknown>): string {
  return JSON.stringify(TokenSet.membersOf(tokens))
}
