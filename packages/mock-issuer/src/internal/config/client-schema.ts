import * as z from 'zod/mini'
import { accessTokenFormats } from '../../access-token-format.js'
import { grantTypes } from '../../grant-type.js'
import { introspectionDialects } from '../../introspection-dialect.js'
import { signingAlgorithms } from '../../signing-algorithm.js'
import { claims, flag, jwks, oneOf, option, required, strictObject, text, textOrTexts, texts } from './schema-parts.js'

/** A registered client: the members of `IssuerClient`. */
export const clientSchema = strictObject(
  {
    clientId: required(text, 'The client_id: 1 to 256 printable ASCII characters.'),
    clientSecret: option(text, 'Makes the client confidential: it must authenticate with this.'),
    jwks: option(jwks, "The client's public keys. Nothing is fetched."),
    redirectUris: option(texts, 'Compared as exact strings, port included. Default: none, so no code flow.'),
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
  'Client',
)
