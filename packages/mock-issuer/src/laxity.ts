/**
 * What the issuer can be asked to let pass, each by its name. All are strict by default; a test that needs a server as it should not be
 * says which rule it drops.
 */
export const laxities = {
  'pkce-optional': 'An authorization request without a code_challenge is accepted, and its code is redeemed without a code_verifier.',
  'pkce-plain': 'The code_challenge_method plain is accepted.',
  'code-verifier-unchecked': 'A code is redeemed whatever the code_verifier is, and without one.',
  'code-reusable': 'A code can be redeemed again and again while its time lasts.',
  'redirect-uri-unchecked': 'Any redirect_uri is accepted for any client. This makes an open redirector.',
  'scope-unchecked': 'Any well-formed scope is granted, whatever client and contract say.',
  'authorization-details-type-unchecked': 'The authorization_details may be of any type, whatever the issuer lists.',
  'resource-unchecked': 'Any absolute URI is a resource that tokens can be for, whatever the issuer lists.',
  'client-secret-unchecked':
    'Any secret, and none, authenticates a client. One that is registered for an assertion or a certificate still needs it.',
  'refresh-token-reusable': 'A refresh token can be used again, and its reuse revokes nothing.',
  'refresh-token-unchecked': 'Any text is taken for a refresh token of the first user.',
  'request-object-long-lived': 'A request object is accepted that says no end (exp), or one that is more than an hour ahead.',
  'assertion-jti-optional': 'An assertion of the jwt-bearer grant is accepted without a jti, again and again while its time lasts.',
  'introspection-always-active': 'Every token is said to be active, unknown and expired ones included.',
} as const satisfies Record<string, string>

/** The name of a laxity. */
export type Laxity = keyof typeof laxities
