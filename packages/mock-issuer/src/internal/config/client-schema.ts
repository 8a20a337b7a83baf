import * as z from 'zod/mini'
import { accessTokenFormats } from '../../access-token-format.js'
import { clientAuthenticationMethods } from '../../client-authentication-method.js'
import { grantTypes } from '../../grant-type.js'
import { introspectionDialects } from '../../introspection-dialect.js'
import { signingAlgorithms } from '../../signing-algorithm.js'
import { memberAliases } from './member-aliases.js'
import { claims, flag, jwks, oneOf, option, required, strictObject, text, textOrTexts, texts } from './schema-parts.js'

const tlsClientIdentity = z.union(
  [
    strictObject({ subjectDn: required(text, 'The subject of the certificate, as RFC 4514 writes it.') }),
    strictObject({ sanDns: required(text, 'A host name of the subject.') }),
    strictObject({ sanUri: required(text, 'A URI of the subject.') }),
    strictObject({ sanIp: required(text, 'An IP address of the subject.') }),
    strictObject({ sanEmail: required(text, 'An email address of the subject.') }),
  ],
  { error: 'must be an object with one of subjectDn, sanDns, sanUri, sanIp and sanEmail' },
)

/** A registered client: the members of `IssuerClient`. */
export const clientSchema = strictObject(
  {
    clientId: required(text, 'The client_id: 1 to 256 printable ASCII characters.'),
    clientSecret: option(text, 'Makes the client confidential: it must authenticate with this.'),
    tokenEndpointAuthMethod: option(
      oneOf(clientAuthenticationMethods),
      'The one way in which the client authenticates. Default: by its secret in the header or the body, or none without a secret.',
    ),
    jwks: option(jwks, "The client's public keys, for request objects, private_key_jwt and self_signed_tls_client_auth."),
    jwksUri: option(text, 'Where the client publishes its keys, instead of jwks: an http or https URL.'),
    tlsClientIdentity: option(tlsClientIdentity, 'Which certificate is that of the client, for tls_client_auth.'),
    dpopBoundAccessTokens: option(flag, 'Whether every token request of the client must have a DPoP proof (RFC 9449). Default: false.'),
    tlsClientCertificateBoundAccessTokens: option(
      flag,
      "Whether the client's tokens are bound to the certificate of its connection (RFC 8705). Default: false.",
    ),
    redirectUris: option(
      texts,
      'Compared as exact strings, but for the port of http on 127.0.0.1 and [::1]. Default: none, so no code flow.',
    ),
    scopes: option(texts, 'The scopes that the client may ask for. Default: every scope that the issuer knows.'),
    claims: option(claims, 'Claims for the tokens that the client gets for itself.'),
    name: option(text, 'Shown on the login page. Default: the clientId.'),
    grantTypes: option(z.array(oneOf(grantTypes)), 'The grants that the client may use. Default: those of its kind.'),
    requirePushedAuthorizationRequests: option(flag, "Whether the client's authorization requests must be pushed (RFC 9126)."),
    consent: option(oneOf(['asked', 'implied']), 'Whether a user is asked what to grant. Default: asked.'),
    postLogoutRedirectUris: option(texts, 'Where a user may be sent after a logout.'),
    frontchannelLogoutUri: option(text, 'A page that is loaded in a frame when the session ends.'),
    backchannelLogoutUri: option(text, 'A URL that is posted a logout token when the session ends.'),
    accessTokenFormat: option(oneOf(accessTokenFormats), 'The form of the access tokens that the client is issued.'),
    introspection: option(
      oneOf(Object.keys(introspectionDialects) as (keyof typeof introspectionDialects)[]),
      'What introspection answers the client.',
    ),
    introspectionSignedResponseAlg: option(oneOf(signingAlgorithms), 'What signed introspection responses for the client are signed with.'),
    audience: option(textOrTexts, 'The APIs that the client introspects tokens for. Default: any.'),
  },
  { id: 'Client', aliases: memberAliases.client },
)
