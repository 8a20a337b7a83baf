import type { JSONWebKeySet } from 'jose'
import type { ClientAuthenticationMethod } from './client-authentication-method.js'
import type { AccessTokenFormat } from './access-token-format.js'
import { grantTypes } from './grant-type.js'
import type { GrantType } from './grant-type.js'
import type { TlsClientIdentity } from './tls-client-identity.js'
import type { IntrospectionDialect } from './introspection-dialect.js'
import type { SigningAlgorithm } from './signing-algorithm.js'

/** A client that is registered with the issuer: public unless it has a secret or another way to authenticate. */
export interface IssuerClient {
  /** The `client_id`: 1 to 256 printable ASCII characters (RFC 6749 appendix A.1). */
  readonly clientId: string
  /** Printable ASCII; for `client_secret_jwt` at least 32 characters. */
  readonly clientSecret?: string
  /**
   * The one way in which the client authenticates, at all endpoints. Default: `client_secret_basic` or `client_secret_post`, as it likes,
   * for a client with a secret; `none` for one without.
   */
  readonly tokenEndpointAuthMethod?: ClientAuthenticationMethod
  /**
   * The client's public keys: what verifies its request objects (RFC 9101) and its assertions (`private_key_jwt`), and in `x5c` the
   * certificates of `self_signed_tls_client_auth`. Default: none.
   */
  readonly jwks?: JSONWebKeySet
  /**
   * Where the client publishes its keys, instead of `jwks`: fetched by the `fetch` option of the issuer when they are needed, kept for
   * five minutes, and fetched again for a key that is not there. Default: none.
   */
  readonly jwksUri?: string
  /** Which certificate is the client's, for `tls_client_auth`. Default: none. */
  readonly tlsClientIdentity?: TlsClientIdentity
  /** Whether every token request of the client must have a DPoP proof (RFC 9449 §5.2). Default `false`: it may have one. */
  readonly dpopBoundAccessTokens?: boolean
  /** Whether the client's tokens are bound to the certificate of its connection, which it then must have (RFC 8705 §3.4). Default `false`. */
  readonly tlsClientCertificateBoundAccessTokens?: boolean
  /**
   * Absolute, without a fragment; not `javascript:`, `data:`, `vbscript:`, `blob:` or `file:`. Compared as exact strings; but where one is
   * `http` on `127.0.0.1` or `[::1]`, not on `localhost`, any port will do (RFC 8252 §7.3). Default: none, so no code flow.
   */
  readonly redirectUris?: readonly string[]
  /** The scopes that the client may ask for; prefixes such as `payment:*` too. Default: every scope that the issuer knows. */
  readonly scopes?: readonly string[]
  /** Claims for the tokens that the client gets for itself (`client_credentials`). Default: none. */
  readonly claims?: Readonly<Record<string, unknown>>
  /** Shown on the login page. Default: the `clientId`. */
  readonly name?: string
  /**
   * The grants that the client may use, all of them; others are refused as `unauthorized_client`. Default: `authorization_code` and
   * `refresh_token` with redirect URIs, `client_credentials` for a confidential client. The other grants must be listed.
   */
  readonly grantTypes?: readonly GrantType[]
  /** Whether the client's authorization requests must be pushed (RFC 9126 §6). Default `false`; the issuer's option of that name goes before it. */
  readonly requirePushedAuthorizationRequests?: boolean
  /**
   * Whether a user is asked what to grant: `asked`, the default, or `implied`, for an application of the issuer's own house: then the
   * login page offers no choice, and `prompt=none` never ends in `consent_required`.
   */
  readonly consent?: 'asked' | 'implied'
  /** Where a user may be sent after a logout: compared as exact strings, absolute, without a fragment. Default: none. */
  readonly postLogoutRedirectUris?: readonly string[]
  /** An `http` or `https` page that is loaded in a frame, with `iss` and `sid`, when the session ends. Default: none. */
  readonly frontchannelLogoutUri?: string
  /** An `http` or `https` URL that is posted a logout token when the session ends. Default: none. */
  readonly backchannelLogoutUri?: string
  /** The form of the access tokens that the client is issued. Default: the `accessTokenFormat` of the issuer. */
  readonly accessTokenFormat?: AccessTokenFormat
  /**
   * What the client's introspection requests are answered with: see `introspectionDialects`. Default: what its `Accept` header asks for,
   * and JSON when that asks for nothing that there is.
   */
  readonly introspection?: IntrospectionDialect
  /** What signed introspection responses for the client are signed with (RFC 9701 §6). Default: as everything else, not RS256. */
  readonly introspectionSignedResponseAlg?: SigningAlgorithm
  /**
   * The APIs that the client introspects tokens for. A token for none of them is inactive to it (RFC 7662 §4, RFC 9701 §5). Default:
   * any, so that every confidential client is told of every access token.
   */
  readonly audience?: string | readonly string[]
}

/**
 * The clients of an issuer that was given none: `app`, public, and `service`, confidential with the secret
 * `service-secret`. Both can use the example redirect URIs; `app` can use the grants of a user's application, `service` all of them.
 */
export const defaultClients: readonly IssuerClient[] = [
  {
    clientId: 'app',
    name: 'Example app',
    grantTypes: ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code'],
    redirectUris: ['http://127.0.0.1:3000/callback', 'http://localhost:3000/callback', 'https://app.example.com/callback'],
  },
  {
    clientId: 'service',
    clientSecret: 'service-secret',
    name: 'Example service',
    grantTypes,
    redirectUris: ['http://127.0.0.1:3000/callback', 'http://localhost:3000/callback', 'https://service.example.com/callback'],
  },
]
