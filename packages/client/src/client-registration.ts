import type { Fetch, ServerMetadata } from '@bailiwick/protocol'

/** Where a client is registered, and as what. */
export interface RegisterClientOptions {
  /** The issuer identifier, exactly as the server has it. `https`, loopback aside. */
  readonly issuer: string
  /** What the client is to be. The server may change or leave out what it likes: see `ClientRegistration.metadata`. */
  readonly metadata: ClientMetadata
  /** What the server has given to those who may register, if not everybody may. */
  readonly initialAccessToken?: string | undefined
  /** What the server would publish, for one that publishes nothing. `issuer` must be the one above, and endpoints as `createClient` wants them. */
  readonly serverMetadata?: ServerMetadata | undefined
  /** The time for one exchange with the server, in milliseconds. Default 10,000; at most 600,000. */
  readonly timeoutMs?: number | undefined
  /** Default: the global `fetch`. */
  readonly fetch?: Fetch | undefined
  /** Milliseconds since the epoch. Default `Date.now`. */
  readonly now?: (() => number) | undefined
  /** Ends the request, as `aborted`. */
  readonly signal?: AbortSignal | undefined
}

/** What a client says of itself, by the names of the wire (RFC 7591 §2). Others are passed on as they are. */
export interface ClientMetadata {
  readonly redirect_uris?: readonly string[]
  /** The server's default is `client_secret_basic`: a public client has to say `none`. */
  readonly token_endpoint_auth_method?: string
  readonly grant_types?: readonly string[]
  readonly response_types?: readonly string[]
  readonly client_name?: string
  readonly client_uri?: string
  readonly logo_uri?: string
  readonly scope?: string
  readonly contacts?: readonly string[]
  readonly tos_uri?: string
  readonly policy_uri?: string
  readonly jwks_uri?: string
  readonly jwks?: { readonly keys: readonly object[] }
  readonly software_id?: string
  readonly software_version?: string
  /** A JWT of somebody who vouches for the client (RFC 7591 §2.3). */
  readonly software_statement?: string
  readonly [member: string]: unknown
}

/** What a `ClientRegistration` is made of. */
export interface ClientRegistrationMembers {
  readonly clientId: string
  /** `undefined` for a client that needs none. */
  readonly clientSecret?: string | undefined
  /** Seconds since the epoch; `undefined` if it lasts, or there is none. */
  readonly clientSecretExpiresAt?: number | undefined
  /** With which the registration can be read, changed and ended (RFC 7592), at `registrationClientUri`. */
  readonly registrationAccessToken?: string | undefined
  /** `undefined` too if it was no `https` URL. */
  readonly registrationClientUri?: string | undefined
  /** As what the client was registered, which need not be what was asked for. */
  readonly metadata: ClientMetadata
}

/** A client that was registered: immutable, and its secrets are hidden from logs. What of it is needed again has to be kept by whoever asked. */
export class ClientRegistration implements ClientRegistrationMembers {
  readonly #members: ClientRegistrationMembers

  constructor(members: ClientRegistrationMembers) {
    this.#members = members
  }

  get clientId(): string {
    return this.#members.clientId
  }

  get clientSecret(): string | undefined {
    return this.#members.clientSecret
  }

  get clientSecretExpiresAt(): number | undefined {
    return this.#members.clientSecretExpiresAt
  }

  get registrationAccessToken(): string | undefined {
    return this.#members.registrationAccessToken
  }

  get registrationClientUri(): string | undefined {
    return this.#members.registrationClientUri
  }

  get metadata(): ClientMetadata {
    return this.#members.metadata
  }

  /** What `JSON.stringify` shows. */
  toJSON(): Record<string, unknown> {
    const { clientSecret, registrationAccessToken, ...shown } = this.#members
    return {
      ...shown,
      ...(clientSecret !== undefined && { clientSecret: '[hidden]' }),
      ...(registrationAccessToken !== undefined && { registrationAccessToken: '[hidden]' }),
    }
  }

  /** What `console.log` shows on Node, Deno and Bun. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString()
  }

  toString(): string {
    return `ClientRegistration ${JSON.stringify(this)}`
  }
}
